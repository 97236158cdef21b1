import { askPostgres, openAiChat } from '@echo/testing';
import { randomBytes } from 'node:crypto';
import { TOTP } from 'otpauth';
import { type Response } from 'supertest';
import { Person, setupToken } from '../support/person';
import { TestApi } from '../support/test-api';

const canary = (name: string) => `canary-${name}-${randomBytes(9).toString('hex')}`;

const MASTER_KEY = randomBytes(32).toString('base64');
const PROVIDER_KEY = canary('provider-key');
const STORED_KEY = canary('stored-key');
const STORED_HEADER = canary('stored-header');
const METRICS_TOKEN = canary('metrics-token');
const PASSWORD = canary('password');
const WRONG_PASSWORD = canary('wrong-password');
const PROMPT = canary('prompt');
const ANSWER = canary('answer');
const SYSTEM_PROMPT = canary('system-prompt');

/**
 * Everything secret is used, shown where it may be, and refused in every way we know; then nothing of it may be anywhere else. What may be shown once, to its
 * owner, is noted by `onceShown`.
 */
describe('secrets stay where they are (CVE-2024-6587, CVE-2026-24477, CVE-2026-45397, CVE-2024-37895)', () => {
  let api: TestApi;
  let ada: Person;
  const answers: string[] = [];
  const shownOnce: Record<string, string> = {};
  let metrics = '';
  let dump: string;

  beforeAll(async () => {
    api = await TestApi.start({
      ECHO_AUTH: 'accounts',
      ECHO_MASTER_KEY: MASTER_KEY,
      OPENAI_API_KEY: PROVIDER_KEY,
      OPENAI_BASE_URL: 'http://127.0.0.1:9/v1',
      ECHO_METRICS_TOKEN: METRICS_TOKEN,
      ECHO_LOG_LEVEL: 'debug',
      ECHO_LOG_FORMAT: 'json',
    });
    ada = new Person(api, 'ada@echo.test', 'Ada', PASSWORD);
    shownOnce['setup token'] = setupToken(api);
    await keep(ada.post('/api/auth/setup', { ...ada.form, token: setupToken(api) }));
    await useAccount();
    await useProviders();
    await useChat();
    metrics = await (await fetch(`${api.url}/api/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } })).text();
    for (const path of [
      '/api/account',
      '/api/account/keys',
      '/api/account/sessions',
      '/api/admin/users',
      '/api/admin/providers',
      '/api/admin/audit',
      '/api/admin/audit/export',
      '/api/models',
      '/api/auth/session',
      '/api/openapi.json',
      '/api/admin/model-rules',
    ])
      await keep(ada.get(path));
    dump = await dumpDatabase();
  }, 60_000);
  afterAll(() => api.stop());

  async function keep(answer: Promise<Response>): Promise<Response> {
    const kept = await answer;
    answers.push(`${JSON.stringify(kept.headers)}\n${kept.text}`);
    return kept;
  }

  async function useAccount(): Promise<void> {
    for (const password of [WRONG_PASSWORD, PASSWORD]) await keep(api.post('/api/auth/sign-in', { email: ada.email, password }));
    await keep(ada.post('/api/auth/sign-in', { email: ada.email, password: { is: WRONG_PASSWORD } }));
    await keep(ada.post('/api/auth/sign-in', `{"email":"${ada.email}","password":"${WRONG_PASSWORD}`));
    const { body: offer } = await ada.post('/api/account/second-factor', { password: PASSWORD });
    shownOnce['second factor'] = offer.secret;
    const code = new TOTP({ secret: offer.secret }).generate();
    const { body: codes } = await ada.post('/api/account/second-factor/confirm', { code });
    shownOnce['recovery code'] = codes.recovery_codes[0];
    await keep(api.post('/api/auth/sign-in', { email: ada.email, password: PASSWORD, code: codes.recovery_codes[1] }));
    const { key } = await ada.key('chat:read', 'chat:write');
    shownOnce['API key'] = key;
    await keep(api.send('get', '/api/conversations', undefined, { authorization: `Bearer ${key}` }));
    await keep(api.send('get', '/api/admin/users', undefined, { authorization: `Bearer ${key}` }));
    await keep(api.send('get', '/api/conversations', undefined, { authorization: `Bearer ${key}x` }));
    const { body: link } = await ada.post('/api/admin/invitations', { role: 'user' });
    shownOnce['invitation'] = new URLSearchParams(new URL(link.url).hash.slice(1)).get('token') ?? '';
    shownOnce['session'] = ada.cookie.split('=')[1] ?? '';
  }

  async function useProviders(): Promise<void> {
    const provider = {
      id: 'kept',
      name: 'Kept',
      wire: 'openai-chat',
      base_url: 'https://127.0.0.1:9/v1',
      api_key: STORED_KEY,
      headers: { 'x-gateway': STORED_HEADER },
      allow_private: true,
    };
    const made = await keep(ada.post('/api/admin/providers', provider));
    expect(made.status).toBe(201);
    await keep(ada.post('/api/admin/providers', { ...provider, wire: STORED_KEY }));
    await keep(ada.post('/api/admin/providers', provider));
    await keep(ada.post('/api/admin/providers/kept/test', {}));
    await keep(
      ada.post('/api/admin/providers/test', {
        wire: 'openai-chat',
        base_url: 'https://127.0.0.1:9/v1',
        api_key: STORED_KEY,
        allow_private: true,
      }),
    );
    await keep(ada.send('patch', '/api/admin/providers/kept', { name: 'Kept on' }));
  }

  async function useChat(): Promise<void> {
    // A provider that repeats whatever secret it was sent, in a refusal and in the middle of an answer.
    const repeated = {
      error: { message: `Incorrect API key provided: ${PROVIDER_KEY} ${STORED_KEY} for ${PROMPT}`, code: 'invalid_api_key' },
    };
    const refusal = (status: number) => ({
      status,
      headers: { 'content-type': 'application/json' },
      steps: [{ write: JSON.stringify(repeated) }],
    });
    for (const status of [400, 401, 403, 404]) {
      api.answer(refusal(status));
      await keep(ada.post('/api/chat', { prompt: 'Anything', provider: 'scripted', model: 'one' }));
    }
    await keep(ada.post('/api/chat', { prompt: 'Anything', provider: 'openai', model: 'gpt-4o' }));
    await keep(ada.post('/api/chat', { prompt: 'Anything', provider: 'kept', model: 'm' }));
    api.answer(openAiChat.text([ANSWER]));
    const reader = await api.stream('/api/chat', { prompt: PROMPT, provider: 'scripted', model: 'one' }, ada.headers);
    await reader.all();
    const { body } = await ada.post('/api/conversations', { system_prompt: SYSTEM_PROMPT });
    await keep(ada.post('/api/chat', `{"prompt":"${PROMPT}","conversation_id":${body.id},"nonsense":1}`));
    await keep(ada.post('/api/chat', { prompt: `${PROMPT}\u0000` }));
  }

  async function dumpDatabase(): Promise<string> {
    const tables = await askPostgres<{ name: string }>(
      api.postgres.url,
      `select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`,
    );
    const rows = await Promise.all(
      tables.map(async ({ name }) => [name, await askPostgres(api.postgres.url, `select t::text from ${name} t`)] as const),
    );
    return JSON.stringify(rows);
  }

  const secrets = (): [string, string][] => [
    ['master key', MASTER_KEY],
    ['key of a provider of the environment', PROVIDER_KEY],
    ['key of a stored provider', STORED_KEY],
    ['header of a stored provider', STORED_HEADER],
    ['token of the metrics', METRICS_TOKEN],
    ['password', PASSWORD],
    ['wrong password', WRONG_PASSWORD],
    ...Object.entries(shownOnce),
  ];

  it('was really tried', () => {
    expect(answers.length).toBeGreaterThan(30);
    for (const [name, secret] of secrets()) expect([name, secret.length > 8]).toEqual([name, true]);
    expect(dump).toContain(PROMPT);
    expect(metrics).toContain('echo_live_runs');
  });

  it('in every answer', () => {
    for (const [name, secret] of secrets())
      expect([name, answers.filter((text) => text.includes(secret)).map((text) => text.slice(0, 2_000))]).toEqual([name, []]);
  });

  it('in the log and the metrics, which hold no word of anybody either', () => {
    const log = api.app.output;
    // The link that makes the first administrator stands there on purpose.
    for (const [name, secret] of secrets().filter(([each]) => each !== 'setup token'))
      expect([name, log.includes(secret), metrics.includes(secret)]).toEqual([name, false, false]);
    for (const text of [PROMPT, ANSWER, SYSTEM_PROMPT]) expect([log.includes(text), metrics.includes(text)]).toEqual([false, false]);
  });

  it('in the database, where they are hashed or sealed', () => {
    for (const [name, secret] of secrets()) {
      const forms = [secret, Buffer.from(secret).toString('hex'), Buffer.from(secret).toString('base64')];
      expect([name, forms.filter((form) => dump.includes(form))]).toEqual([name, []]);
    }
  });

  it('in the audit log, which holds no word of anybody either', async () => {
    const audit = JSON.stringify(await askPostgres(api.postgres.url, 'select t::text from audit t'));
    for (const text of [PROMPT, ANSWER, SYSTEM_PROMPT]) expect(audit).not.toContain(text);
  });
});
