import { type ProviderSetup } from '@echo/contract';
import { refusal } from '@echo/web-forms/testing';
import { AdministrationRig } from '../testing/administration-rig';
import { setupOf } from '../testing/setups';
import { ProvidersPage } from './providers-page';

const FIXED = setupOf('openai', { name: 'OpenAI', origin: 'environment', key_hint: 'f3a1' });
const LAB = setupOf('lab', { key_hint: '' });
const ILL = setupOf('ill', { state: { healthy: false, problem: 'It refused the key.', default_model: null } });
const OLLAMA = {
  name: 'Ollama',
  base_url: 'http://127.0.0.1:11434/v1',
  models: ['llama3.2'],
  connect: { id: 'ollama', wire: 'ollama', base_url: 'http://127.0.0.1:11434' },
  setting: '',
};

describe('ProvidersPage', () => {
  let rig: AdministrationRig;
  let providers: ProviderSetup[];
  let discovered: unknown[];

  beforeEach(() => {
    rig = new AdministrationRig();
    [providers, discovered] = [[FIXED, LAB, ILL], []];
    rig.api.on('GET /admin/providers', () => ({ json: { providers, wires: ['openai-chat'] } }));
    rig.api.on('GET /chat/providers', () => ({ json: { providers: [], default_model: 'guide/guide', discovered } }));
  });
  afterEach(() => rig.screen.leave());

  const open = () => rig.show(ProvidersPage, '/settings/providers');
  const row = (name: string) =>
    [...rig.screen.root.querySelectorAll('echo-provider-row')]
      .find((each) => each.textContent.includes(name))
      ?.textContent.replace(/\s+/g, ' ') ?? '';

  it('tells how each one stands, and of its key only the end', async () => {
    await open();
    expect(row('OpenAI')).toContain('ReadyFrom the environmentOpenAI chat completions · openai.test · key ends in f3a1 · small');
    expect(row('Lab')).toContain('with a key');
    expect(row('Ill')).toContain('Not usable now');
    expect(row('Ill')).toContain('It refused the key.');
  });

  it('lets those of the environment be tested alone', async () => {
    await open();
    expect(row('OpenAI')).toContain('Test connection');
    expect(row('OpenAI')).not.toMatch(/Edit|Switch|Remove/);
  });

  it('tests one by a word, and gives the server’s advice', async () => {
    await open();
    rig.api.on('POST /admin/providers/lab/test', {
      json: { ok: true, message: 'It works.', model: 'small', answer: 'Hello', first_word_ms: 12, models: ['small', 'large'] },
    });
    await rig.screen.press('Test connection Lab');
    expect(rig.screen.said('status')).toContain('It works.');
    expect(row('Lab')).toContain('It said: “Hello”');
    expect(row('Lab')).toContain('2 models');
    const advice = { ok: false, message: 'Copy the key again.', model: null, answer: null, first_word_ms: null, models: [] };
    rig.api.on('POST /admin/providers/lab/test', { json: advice });
    await rig.screen.press('Test connection Lab');
    expect(rig.screen.root.querySelector('.result.bad')?.textContent).toContain('Copy the key again.');
  });

  it('gives a test up that takes too long for the person', async () => {
    await open();
    rig.api.on('POST /admin/providers/lab/test', () => new Promise<never>(() => undefined));
    await rig.screen.press('Test connection Lab');
    expect(rig.screen.said('status')).toContain('Asking for one word.');
    expect(rig.screen.has('Stop the test')).toBe(true);
  });

  it('switches one off and on', async () => {
    rig.api.on('PATCH /admin/providers/lab', ({ body }) => ({
      json: { provider: { ...LAB, ...body, state: null }, secrets_cleared: false },
    }));
    await open();
    await rig.screen.press('Switch off Lab');
    expect(rig.screen.said('status')).toContain('Lab is off: nobody can choose it, and its key is kept.');
    expect(row('Lab')).toMatch(/Lab ?Off/);
    await rig.screen.press('Switch on Lab');
    expect(rig.api.sent('PATCH /admin/providers/lab')).toEqual([{ enabled: false }, { enabled: true }]);
  });

  it('removes one after asking, and says why when it could not', async () => {
    rig.api.on('DELETE /admin/providers/lab', refusal('storage_unavailable', { detail: 'Nothing is stored now.' }));
    await open();
    await rig.screen.press('Remove… Lab');
    await rig.screen.press('Remove');
    expect(rig.screen.said('alert')).toContain('Nothing is stored now.');
    rig.api.on('DELETE /admin/providers/lab', { status: 204 });
    await rig.screen.press('Remove… Lab');
    await rig.screen.press('Remove');
    expect(rig.screen.said('status')).toContain('Lab is removed.');
    expect(rig.screen.has('Remove… Lab')).toBe(false);
    expect(document.activeElement?.textContent).toBe('Providers');
  });

  it('says of a key that cannot be opened what to do', async () => {
    providers = [{ ...LAB, locked: true }];
    await open();
    expect(row('Lab')).toContain('Key cannot be opened');
    expect(row('Lab')).toContain('Edit it and give the key again.');
    expect(rig.screen.has('Test connection Lab')).toBe(false);
  });

  it('connects a server that was found by one click, under an id that is free', async () => {
    [providers, discovered] = [[setupOf('ollama')], [OLLAMA]];
    await open();
    expect(rig.screen.text).toContain('http://127.0.0.1:11434 · one model');
    rig.api.on('POST /admin/providers', () => {
      discovered = [];
      providers = [...providers, setupOf('ollama-2', { name: 'Ollama' })];
      return { status: 201, json: providers[1] };
    });
    await rig.screen.press('Connect Ollama');
    expect(rig.api.sent('POST /admin/providers')).toEqual([
      { id: 'ollama-2', name: 'Ollama', wire: 'ollama', base_url: 'http://127.0.0.1:11434', allow_private: true },
    ]);
    expect(rig.screen.said('status')).toContain('Ollama is connected.');
    expect(rig.screen.text).not.toContain('Found on the server’s machine');
  });

  it('leads to the first one', async () => {
    providers = [];
    await open();
    expect(rig.screen.text).toContain('No provider is connected yet');
    expect(rig.screen.has('Add one')).toBe(true);
  });

  it('offers to try again when nothing could be loaded', async () => {
    rig.api.on('GET /admin/providers', refusal('storage_unavailable', { detail: 'The database is away.' }));
    await open();
    expect(rig.screen.said('alert')).toContain('The database is away.');
    rig.api.on('GET /admin/providers', { json: { providers: [LAB], wires: [] } });
    await rig.screen.press('Try again');
    expect(row('Lab')).toContain('Ready');
  });
});
