import { Location } from '@angular/common';
import { TestBed } from '@angular/core/testing';
import { refusal } from '@echo/web-forms/testing';
import { AdministrationRig } from '../testing/administration-rig';
import { setupOf } from '../testing/setups';
import { EditProviderPage } from './edit-provider-page';
import { NewProviderPage } from './new-provider-page';

const WIRES = ['openai-chat', 'anthropic', 'ollama'];
const LAB = setupOf('lab', { key_hint: 'f3a1', headers: ['X-Team'] });

let rig: AdministrationRig;
const where = () => TestBed.inject(Location).path();
const details = () => rig.screen.root.querySelector<HTMLDetailsElement>('form > details');

beforeEach(() => {
  rig = new AdministrationRig();
  rig.api.on('GET /admin/providers', { json: { providers: [setupOf('openai', { origin: 'environment' }), LAB], wires: WIRES } });
});
afterEach(() => rig.screen.leave());

describe('NewProviderPage', () => {
  beforeEach(() => rig.show(NewProviderPage, '/settings/providers/new'));

  it('offers the vendors that the server can talk to', () => {
    expect(rig.screen.has('Anthropic')).toBe(true);
    expect(rig.screen.has('Google Gemini')).toBe(false);
  });

  it('asks of a known vendor for a key alone, tests it, and saves it', async () => {
    await rig.screen.press('Anthropic');
    expect(rig.screen.noteOf('API key')).toContain('From platform.claude.com.');
    await rig.screen.fill({ 'API key': 'sk-secret' });
    rig.api.on('POST /admin/providers/test', {
      json: { ok: true, message: 'It works.', model: 'm', answer: 'Hi', first_word_ms: 5, models: [] },
    });
    await rig.screen.press('Test connection');
    expect(rig.screen.said('status')).toContain('It works.');
    expect(rig.api.sent('POST /admin/providers/test')[0]).toEqual({
      wire: 'anthropic',
      base_url: 'https://api.anthropic.com',
      api_key: 'sk-secret',
      models: null,
      default_model: null,
      allow_private: false,
    });
    rig.api.on('POST /admin/providers', { status: 201, json: setupOf('anthropic', { name: 'Anthropic' }) });
    await rig.screen.press('Save');
    expect(rig.api.sent('POST /admin/providers')[0]).toMatchObject({ id: 'anthropic', name: 'Anthropic', api_key: 'sk-secret' });
    expect(where()).toBe('/settings/providers');
  });

  it('gives a second one of a vendor an id of its own', async () => {
    await rig.screen.press('OpenAI');
    expect(rig.screen.field('Id').value).toBe('openai-2');
    await rig.screen.press('Another server');
    await rig.screen.fill({ Name: 'Our vLLM' });
    expect(rig.screen.field('Id').value).toBe('our-vllm');
    await rig.screen.fill({ Id: 'gpu', Name: 'Their vLLM' });
    expect(rig.screen.field('Id').value).toBe('gpu');
  });

  it('says at each field what is wrong with it, also where it was folded away', async () => {
    await rig.screen.press('OpenAI');
    expect(details()?.open).toBe(false);
    const errors = [
      { pointer: '/base_url', code: 'invalid_value' as const, detail: 'Tick “on this network” if that is meant.' },
      { pointer: '/times/idle', code: 'wrong_type' as const, detail: 'This is no number.' },
    ];
    rig.api.on('POST /admin/providers', refusal('invalid_value', { errors }));
    await rig.screen.press('Save');
    expect(rig.screen.noteOf('Base URL')).toBe('Tick “on this network” if that is meant.');
    expect(rig.screen.noteOf('Between two words')).toContain('This is no number.');
    expect(details()?.open).toBe(true);
    rig.api.on('POST /admin/providers', refusal('provider_exists', { detail: 'There is one already.' }));
    await rig.screen.press('Save');
    expect(rig.screen.noteOf('Id')).toBe('There is one already.');
  });

  it('names the header that is wrong', async () => {
    await rig.screen.press('OpenAI');
    await rig.screen.press('Add to Extra headers');
    const [name, value] = [...rig.screen.root.querySelectorAll<HTMLInputElement>('.row input')];
    for (const [box, text] of [
      [name, 'Host'],
      [value, 'x'],
    ] as const) {
      if (box) box.value = text;
      box?.dispatchEvent(new Event('input'));
    }
    const errors = [{ pointer: '/headers/Host', code: 'invalid_value' as const, detail: 'Leave it out.' }];
    rig.api.on('POST /admin/providers', refusal('invalid_value', { errors }));
    await rig.screen.press('Save');
    expect(rig.api.sent('POST /admin/providers')[0]).toMatchObject({ headers: { Host: 'x' } });
    expect(rig.screen.said('alert')).toContain('Host: Leave it out.');
  });
});

describe('EditProviderPage', () => {
  const open = (id: string) => rig.show(EditProviderPage, `/settings/providers/${id}`, { path: 'settings/providers/:id' });

  it('shows everything but the secrets, and sends none that were not typed', async () => {
    await open('lab');
    expect(rig.screen.field('API key').value).toBe('');
    expect(rig.screen.noteOf('API key')).toBe('A key is stored that ends in f3a1. Empty: it stays.');
    expect(details()?.open).toBe(true);
    rig.api.on('PATCH /admin/providers/lab', { json: { provider: LAB, secrets_cleared: false } });
    await rig.screen.fill({ Name: 'The lab' });
    await rig.screen.press('Save');
    const [sent] = rig.api.sent('PATCH /admin/providers/lab');
    expect(sent).toMatchObject({ name: 'The lab', base_url: LAB.base_url });
    for (const secret of ['api_key', 'headers', 'query']) expect(sent).not.toHaveProperty(secret);
    expect(where()).toBe('/settings/providers');
  });

  it('says that another host makes it forget the key', async () => {
    await open('lab');
    expect(rig.screen.text).not.toContain('Another host');
    await rig.screen.fill({ 'Base URL': 'https://elsewhere.test/v1' });
    expect(rig.screen.said('status')).toContain('were given for lab.test and are forgotten');
  });

  it('tests what is typed, with what is stored', async () => {
    await open('lab');
    await rig.screen.fill({ 'Usual model (optional)': 'large' });
    rig.api.on('POST /admin/providers/lab/test', {
      json: { ok: true, message: 'It works: large.', model: 'large', answer: null, first_word_ms: 5, models: [] },
    });
    await rig.screen.press('Test connection');
    expect(rig.api.sent('POST /admin/providers/lab/test')[0]).toMatchObject({ default_model: 'large' });
  });

  it.each([
    ['openai', 'It is set in the server’s environment.'],
    ['gone', 'There is no such provider'],
  ])('says of %s: %s', async (id, words) => {
    await open(id);
    expect(rig.screen.text).toContain(words);
    expect(rig.screen.has('All providers')).toBe(true);
  });
});
