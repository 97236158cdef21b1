import { type ProviderSetup } from '@echo/contract';
import { setupOf } from '../testing/setups';
import { PRESETS } from './presets';
import { ProviderFields } from './provider-fields';

const openai = PRESETS[0];

describe('the fields of a new provider', () => {
  it('make a request of a preset and a key alone', () => {
    const fields = new ProviderFields();
    if (openai) fields.take(openai);
    fields.apiKey.set('sk-1');
    expect(JSON.parse(JSON.stringify(fields.create()))).toEqual({
      id: 'openai',
      name: 'OpenAI',
      wire: 'openai-chat',
      base_url: 'https://api.openai.com/v1',
      api_key: 'sk-1',
      models: null,
      default_model: null,
      continues: null,
      template_tokens: 'as_typed',
      allow_private: false,
      times: { connect: null, first_content: null, idle: null, total: null },
    });
  });

  it('have an id of their own, made of the name until one is typed', () => {
    const fields = new ProviderFields(undefined, ['openai', 'my-lab']);
    if (openai) fields.take(openai);
    expect(fields.id()).toBe('openai-2');
    const other = new ProviderFields(undefined, ['openai', 'my-lab']);
    other.name.set('My Lab');
    expect(other.id()).toBe('my-lab-2');
    other.typeId('typed');
    other.name.set('Their Lab');
    expect(other.create().id).toBe('typed');
  });

  it('take models one a line, headers by name, and seconds as numbers', () => {
    const fields = new ProviderFields();
    fields.models.set(' small \n\nlarge\nsmall\n');
    fields.headers.replace();
    fields.headers.set(0, { name: ' X-Team ', value: 'a b ' });
    fields.headers.add();
    fields.times.idle.set('30');
    fields.times.total.set('long');
    fields.continues.set('no');
    fields.breaksTokens.set(true);
    expect(fields.create()).toMatchObject({
      models: ['small', 'large'],
      headers: { 'X-Team': 'a b ' },
      query: undefined,
      continues: false,
      template_tokens: 'escape',
      times: { connect: null, idle: 30, total: -1 },
    });
    expect(fields.test()).not.toHaveProperty('times');
  });
});

describe('the fields of a stored provider', () => {
  const stored: ProviderSetup = setupOf('lab', { key_hint: 'f3a1', headers: ['X-Team'], models: ['small'], continues: true });

  it('change nothing of its secrets unless something is typed', () => {
    const change = new ProviderFields(stored).update();
    expect(change).toMatchObject({ name: 'Lab', models: ['small'], continues: true });
    expect([change.api_key, change.headers, change.query]).toEqual([undefined, undefined, undefined]);
  });

  it('take a key and headers away when that is asked for', () => {
    const fields = new ProviderFields(stored);
    fields.isKeyRemoved.set(true);
    fields.headers.replace();
    expect(fields.headers.given()).toEqual([{ name: 'X-Team', value: '' }]);
    fields.headers.remove(0);
    expect(fields.update()).toMatchObject({ api_key: null, headers: null });
    fields.headers.keep();
    expect(fields.update().headers).toBeUndefined();
  });

  it('know when the secrets were given for another host', () => {
    const fields = new ProviderFields(stored);
    fields.baseUrl.set('https://lab.test/v2');
    expect(fields.isMoved()).toBe(false);
    fields.baseUrl.set('https://elsewhere.test/v1');
    expect(fields.isMoved()).toBe(true);
    const bare = new ProviderFields(setupOf('bare'));
    bare.baseUrl.set('https://elsewhere.test/v1');
    expect(bare.isMoved()).toBe(false);
  });
});
