import { type ProviderList } from '@echo/contract';
import { askPostgres, EchoApp, openAiChat, ScriptedProvider } from '@echo/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestApi } from './support/test-api';

const KEY = 'sk-canary-0123-4567-89ab-f3a1';
const HEADER = 'header-canary-value';
const MASTER = 'mV6sRb1Kc9Wn3Xz5Ju0Lq8Td2Fh7Gy4Pe';
const NEXT_MASTER = 'Yp3kq1Zr8vN5uT0wXa7bGd2eHf9jLmQs4';

describe('providers that administrators set', () => {
  let api: TestApi;
  let added: ScriptedProvider;
  const folder = mkdtempSync(join(tmpdir(), 'echo-providers-'));

  beforeAll(async () => {
    added = await ScriptedProvider.start();
    added.answer = ({ path }) =>
      path.endsWith('/models') ? openAiChat.models('small', 'large') : openAiChat.text(['Hello from ', 'the added one']);
    api = await TestApi.start({ ECHO_DATA_DIR: folder, ECHO_MASTER_KEY: MASTER });
  });
  afterAll(async () => {
    await api.stop();
    await added.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const lab = () => ({
    id: 'lab',
    name: 'Lab',
    wire: 'openai-chat',
    base_url: added.baseUrl,
    api_key: KEY,
    headers: { 'X-Team': HEADER },
    query: { 'api-version': '2026-01-01' },
    allow_private: true,
  });
  const settled = async () => (await api.get('/api/admin/providers')).body.providers;

  it('shows those of the environment, and lets nobody change them', async () => {
    expect(await settled()).toMatchObject([{ id: 'scripted', origin: 'environment', models: ['one', 'two'], state: { healthy: true } }]);
    for (const answer of [
      await api.send('patch', '/api/admin/providers/scripted', { name: 'Other' }),
      await api.send('delete', '/api/admin/providers/scripted'),
    ]) {
      expect([answer.status, answer.body.code]).toEqual([409, 'provider_not_editable']);
    }
    expect((await api.post('/api/admin/providers', { ...lab(), id: 'scripted' })).body.code).toBe('provider_exists');
  });

  it('tests one before it is saved, and says what to do', async () => {
    const { body } = await api.post('/api/admin/providers/test', {
      wire: 'openai-chat',
      base_url: added.baseUrl,
      api_key: KEY,
      allow_private: true,
    });
    expect(body).toMatchObject({ ok: true, model: 'small', answer: expect.stringMatching(/^Hello from /), models: ['small', 'large'] });
    const { body: nobody } = await api.post('/api/admin/providers/test', {
      wire: 'openai-chat',
      base_url: 'http://127.0.0.1:1/v1',
      models: ['m'],
      allow_private: true,
    });
    expect(nobody).toMatchObject({ ok: false, message: expect.stringMatching(/^Nothing answered at this address/) });
  });

  it('answers with one at once, with its key, headers and query', async () => {
    const made = await api.post('/api/admin/providers', lab());
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      id: 'lab',
      origin: 'settings',
      key_hint: 'f3a1',
      headers: ['X-Team'],
      query: ['api-version'],
      enabled: true,
      state: { healthy: true, default_model: 'small' },
    });
    expect((await api.post('/api/admin/providers', lab())).body.code).toBe('provider_exists');
    const { body } = await api.post('/api/chat', { prompt: 'Hi', provider: 'lab', model: 'large' });
    expect(body).toMatchObject({ response: 'Hello from the added one', provider: 'lab', model: 'large' });
    const asked = added.requests.at(-1);
    expect(asked?.headers).toMatchObject({ authorization: `Bearer ${KEY}`, 'x-team': HEADER });
    expect(asked?.query.get('api-version')).toBe('2026-01-01');
  });

  it('tests a change of a stored one with its stored key, and leaves it as it is', async () => {
    const { body } = await api.post('/api/admin/providers/lab/test', { default_model: 'large' });
    expect(body).toMatchObject({ ok: true, model: 'large' });
    expect(added.requests.at(-1)?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect((await settled())[1]).toMatchObject({ id: 'lab', default_model: null });
    expect((await api.post('/api/admin/providers/nowhere/test', {})).body.code).toBe('provider_not_found');
  });

  it('never shows or stores a secret in the clear', async () => {
    const answers = JSON.stringify([await settled(), (await api.get('/api/chat/providers')).body, (await api.get('/api/models')).body]);
    const dump = JSON.stringify(await askPostgres(api.postgres.url, 'select p.*, c.sealed from provider p, seal_canary c'));
    expect(dump).toContain('"id":"lab"');
    for (const text of [answers, dump, api.app.output]) {
      for (const secret of [KEY, HEADER, KEY.slice(0, 12)]) {
        expect(text).not.toContain(secret);
        expect(text).not.toContain(Buffer.from(secret).toString('base64').slice(0, -3));
        expect(text).not.toContain(Buffer.from(secret).toString('hex'));
      }
    }
  });

  it('sends no key to another host than the one it was given for', async () => {
    const other = await ScriptedProvider.start();
    other.answer = ({ path }) => (path.endsWith('/models') ? openAiChat.models('m') : openAiChat.text(['elsewhere']));
    await api.post('/api/admin/providers/lab/test', { base_url: other.baseUrl });
    const { body } = await api.send('patch', '/api/admin/providers/lab', { base_url: other.baseUrl });
    expect(body).toMatchObject({ secrets_cleared: true, provider: { key_hint: null, headers: [], query: [] } });
    await api.post('/api/chat', { prompt: 'Hi', provider: 'lab' });
    expect(other.requests.length).toBeGreaterThan(0);
    for (const { headers, query } of other.requests) {
      expect(headers.authorization).toBeUndefined();
      expect(headers['x-team']).toBeUndefined();
      expect(query.size).toBe(0);
    }
    const back = await api.send('patch', '/api/admin/providers/lab', { base_url: added.baseUrl, api_key: KEY });
    expect(back.body).toMatchObject({ secrets_cleared: false, provider: { key_hint: 'f3a1' } });
    await other.stop();
  });

  it.each([
    ['http://169.254.169.254/latest', true, 'is never a provider'],
    ['http://[fd00:ec2::254]/', true, 'is never a provider'],
    ['http://127.0.0.1:8000/v1', false, 'Tick “on this network”'],
    ['http://2130706433/v1', false, 'Tick “on this network”'],
    ['https://localhost/v1', false, 'Tick “on this network”'],
    ['http://api.example/v1', false, 'Without https://'],
    ['https://user:pass@api.example/v1', false, 'Leave name and password out'],
    ['ftp://api.example', false, 'must begin with https://'],
    ['nonsense', false, 'Give a URL'],
    ['https://api.example/v1?key=1', false, 'belongs to the query'],
  ])('refuses %s, and says why', async (base_url, allow_private, sentence) => {
    const { status, body } = await api.post('/api/admin/providers', { ...lab(), id: 'bad', base_url, allow_private });
    expect([status, body.errors[0].pointer]).toEqual([422, '/base_url']);
    expect(body.detail).toContain(sentence);
  });

  it.each([
    [{ id: 'Lab 2' }, '/id', 'invalid_value'],
    [{ id: 'guide' }, '/id', 'invalid_value'],
    [{ wire: 'morse' }, '/wire', 'invalid_value'],
    [{ api_key: 'a\nb' }, '/api_key', 'invalid_value'],
    [{ headers: { Host: 'x' } }, '/headers/Host', 'invalid_value'],
    [{ headers: { 'a b': 'x' } }, '/headers/a b', 'invalid_value'],
    [{ headers: ['x'] }, '/headers', 'wrong_type'],
    [{ models: 'x' }, '/models', 'wrong_type'],
    [{ times: { idle: 0 } }, '/times/idle', 'wrong_type'],
    [{ name: ' ' }, '/name', 'empty'],
    [{ owner: 'x' }, '/owner', 'unknown_field'],
  ])('refuses %j', async (more, pointer, code) => {
    const { status, body } = await api.post('/api/admin/providers', { ...lab(), id: 'bad', ...more });
    expect([status, body.errors[0].pointer, body.code]).toEqual([422, pointer, code]);
  });

  it('switches one off and on again, on another replica too, without a restart', async () => {
    const beside = await EchoApp.start({ env: { ...api.env } });
    const ids = async (): Promise<string[]> => {
      const { providers } = (await (await fetch(`${beside.url}/api/chat/providers`)).json()) as ProviderList;
      return providers.map(({ id }) => id);
    };
    expect(await ids()).toContain('lab');
    await api.send('patch', '/api/admin/providers/lab', { enabled: false });
    expect((await api.get('/api/chat/providers')).body.providers.map(({ id }: { id: string }) => id)).not.toContain('lab');
    expect((await api.post('/api/chat', { prompt: 'Hi', provider: 'lab' })).body.code).toBe('unknown_provider');
    while ((await ids()).includes('lab'));
    await api.send('patch', '/api/admin/providers/lab', { enabled: true });
    while (!(await ids()).includes('lab'));
    await beside.stop();
  });

  it('writes down who did what, without secrets', async () => {
    const entries = await askPostgres<{ action: string; target: string; detail: string | null }>(
      api.postgres.url,
      `select action, target, detail from audit where action like 'provider.%' order by id`,
    );
    expect(entries.slice(0, 3)).toEqual([
      { action: 'provider.create', target: 'provider:lab', detail: null },
      { action: 'provider.change', target: 'provider:lab', detail: 'base_url; secrets forgotten' },
      { action: 'provider.change', target: 'provider:lab', detail: 'base_url, api_key' },
    ]);
  });

  it('lets people use some models only, and others stand in', async () => {
    const { body } = await api.send('patch', '/api/admin/model-rules', { fallbacks: { 'lab/*': ['scripted/one'] } });
    expect(body).toEqual({ default_model: null, fallbacks: { 'lab/*': ['scripted/one'] }, user_models: null });
    await api.send('patch', '/api/admin/model-rules', { user_models: ['lab/small'] });
    expect((await api.get('/api/admin/model-rules')).body).toEqual({
      default_model: null,
      fallbacks: { 'lab/*': ['scripted/one'] },
      user_models: ['lab/small'],
    });
    // Without accounts everybody is an administrator.
    expect((await api.get('/api/models')).body.models.length).toBeGreaterThan(2);
    expect((await api.send('patch', '/api/admin/model-rules', { fallbacks: { x: ['one'] } })).body.code).toBe('invalid_value');
    expect((await api.send('patch', '/api/admin/model-rules', { default_model: 'lab' })).body.code).toBe('invalid_value');
    await api.send('patch', '/api/admin/model-rules', { fallbacks: {}, user_models: null, default_model: 'lab/small' });
    expect((await api.get('/api/chat/providers')).body.default_model).toBe('lab/small');
    await api.send('patch', '/api/admin/model-rules', { default_model: null });
    expect((await api.get('/api/chat/providers')).body.default_model).toMatch(/^scripted\//);
  });

  it('tells of a key that cannot be opened, also while it is switched off, and takes another', async () => {
    await api.post('/api/admin/providers', { ...lab(), id: 'twin' });
    // Sealed for another place: as good as sealed by another master key.
    await askPostgres(
      api.postgres.url,
      `update provider set enabled = false, api_key = (select api_key from provider where id = 'twin') where id = 'lab'`,
    );
    expect((await settled()).find(({ id }: { id: string }) => id === 'lab')).toMatchObject({ locked: true, enabled: false, state: null });
    const on = await api.send('patch', '/api/admin/providers/lab', { enabled: true, api_key: KEY });
    expect(on.body.provider).toMatchObject({ locked: false, enabled: true, state: { healthy: true } });
    await api.send('delete', '/api/admin/providers/twin');
  });

  describe('after a restart', () => {
    afterEach(() => api.app.stop());
    const start = (more: Record<string, string>) => EchoApp.start({ env: { ...api.env, ...more } });

    it('are still there, and a wrong master key is told in a sentence', async () => {
      await api.app.stop();
      const wrong = EchoApp.spawn({ env: { ...api.env, ECHO_MASTER_KEY: NEXT_MASTER } });
      expect(await wrong.exit()).toBe(1);
      expect(wrong.output).toContain('ECHO_MASTER_KEY is not the key that sealed the secrets in this database.');
      expect(wrong.output).not.toContain(NEXT_MASTER);
      api.app = await start({});
      expect((await api.post('/api/chat', { prompt: 'Hi', provider: 'lab' })).body.response).toBe('Hello from the added one');
      expect(added.requests.at(-1)?.headers.authorization).toBe(`Bearer ${KEY}`);
    });

    it('are sealed anew under the next master key, and need the old one no more', async () => {
      api.app = await start({ ECHO_MASTER_KEY: NEXT_MASTER, ECHO_MASTER_KEY_PREVIOUS: MASTER });
      expect(api.app.output).toMatch(/^\d secrets are sealed by the new master key now\.$/m);
      await api.app.stop();
      api.app = await start({ ECHO_MASTER_KEY: NEXT_MASTER });
      expect((await api.post('/api/chat', { prompt: 'Hi', provider: 'lab' })).body.response).toBe('Hello from the added one');
      expect(added.requests.at(-1)?.headers.authorization).toBe(`Bearer ${KEY}`);
      expect((await api.send('delete', '/api/admin/providers/lab')).status).toBe(204);
      expect((await settled()).map(({ id }: { id: string }) => id)).toEqual(['scripted']);
    });
  });
});
