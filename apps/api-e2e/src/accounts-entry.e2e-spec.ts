import { askPostgres, EchoApp } from '@echo/testing';
import { outcome, PASSWORD, Person, setupToken, tokenOf } from './support/person';
import { TestApi } from './support/test-api';

// Passwords take time on purpose, and much more of it on a machine that has other work.
jest.setTimeout(60_000);

const TWENTY = Array.from({ length: 20 }, (_, index) => index);
/** How often each outcome came. */
const counted = (outcomes: readonly string[]) =>
  Object.fromEntries([...Map.groupBy(outcomes, (each) => each)].map(([each, all]) => [each, all.length]));

describe('ways in, with accounts', () => {
  let api: TestApi;
  let ada: Person;

  beforeAll(async () => {
    api = await TestApi.start({ ECHO_AUTH: 'accounts' });
  });
  afterAll(() => api.stop());

  const post = (path: string, body: object, headers = {}) => api.post(path, body, headers);
  const signIn = (email: string, password: string, more = {}) => post('/api/auth/sign-in', { email, password, ...more });
  const forgetLimits = () => askPostgres(api.postgres.url, 'delete from rate_limit');
  afterEach(forgetLimits);

  describe('before anybody has an account', () => {
    it('lets nobody in, and says how to begin', async () => {
      expect((await api.get('/api/auth/session')).body).toEqual({
        auth: 'accounts',
        user: null,
        setup_needed: true,
        sign_up: false,
        password_sign_in: true,
        single_sign_on: null,
        plain_http: false,
      });
      expect(outcome(await api.get('/api/conversations'))).toEqual([401, 'sign_in_required']);
      expect(outcome(await post('/api/chat', { prompt: 'Hi' }))).toEqual([401, 'sign_in_required']);
      expect(await askPostgres(api.postgres.url, 'select count(*)::int from app_user where email is not null')).toEqual([{ count: 0 }]);
    });

    it('takes no link but the one in the log, and keeps it when something else is wrong', async () => {
      const person = new Person(api, 'ada@echo.test').form;
      for (const token of ['', 'x'.repeat(43), `${setupToken(api)} `])
        expect(outcome(await post('/api/auth/setup', { ...person, token }))).toEqual([403, 'link_expired']);
      const weak = await post('/api/auth/setup', { ...person, password: 'password1234', token: setupToken(api) });
      expect([...outcome(weak), weak.body.errors[0].pointer]).toEqual([422, 'weak_password', '/password']);
      const wrong = await post('/api/auth/setup', { ...person, email: 'ada', name: ' ', token: setupToken(api) });
      expect([...outcome(wrong), wrong.body.errors[0].pointer]).toEqual([422, 'invalid_value', '/email']);
    });

    it('prints another link at each start', async () => {
      const beside = await EchoApp.start({ env: { ...api.env } });
      expect(beside.output).toMatch(
        /^Nobody has an account here yet\. Within 60 minutes this link makes the first administrator, once: http/m,
      );
      expect(beside.output).not.toContain(setupToken(api));
      await beside.stop();
    });

    it('makes one administrator of twenty at once', async () => {
      const answers = await Promise.all(
        TWENTY.map((index) => post('/api/auth/setup', { ...new Person(api, `p${index}@echo.test`).form, token: setupToken(api) })),
      );
      expect(counted(answers.map((answer) => outcome(answer).join(' ').trim()))).toEqual({ '200': 1, '403 link_expired': 19 });
      const made = await askPostgres<{ email: string; role: string }>(
        api.postgres.url,
        'select email, role from app_user where email is not null',
      );
      expect(made).toEqual([{ email: answers.find(({ status }) => status === 200)?.body.email, role: 'administrator' }]);
      ada = new Person(api, made[0]?.email ?? '');
      expect((await api.get('/api/auth/session')).body).toMatchObject({ setup_needed: false, user: null });
      ada = await ada.elsewhere();
    });
  });

  it('gives a cookie that no script reads and no other site sends', async () => {
    const { headers } = await signIn(ada.email.toUpperCase(), PASSWORD);
    expect(headers['set-cookie']).toEqual([expect.stringMatching(/^echo=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/)]);
    const rows = await askPostgres<{ text: string }>(api.postgres.url, 'select s::text as text from session s');
    const token = String(headers['set-cookie']).slice(5, 48);
    expect(rows.length).toBeGreaterThan(0);
    for (const { text } of rows) expect(text).not.toContain(token);
  });

  it('knows who is there, and forgets it with the session (session.lifecycle)', async () => {
    const browser = await ada.elsewhere();
    expect((await browser.get('/api/auth/session')).body.user).toEqual({
      id: ada.id,
      email: ada.email,
      name: ada.name,
      role: 'administrator',
    });
    const { cookie } = browser;
    // Signing in again ends the session that was: a cookie that somebody planted opens nothing.
    await browser.post('/api/auth/sign-in', { email: ada.email, password: PASSWORD });
    expect(browser.cookie).not.toBe(cookie);
    expect(outcome(await api.send('get', '/api/account', undefined, { cookie }))).toEqual([401, 'session_ended']);
    const last = browser.cookie;
    expect((await browser.post('/api/auth/sign-out')).body).toEqual({ redirect_url: null });
    expect(browser.cookie).toBe('');
    expect(outcome(await api.send('get', '/api/account', undefined, { cookie: last }))).toEqual([401, 'session_ended']);
    expect(outcome(await api.send('get', '/api/account', undefined, { cookie: 'echo=none' }))).toEqual([401, 'session_ended']);
    expect((await api.send('get', '/api/auth/session', undefined, { cookie: last })).body.user).toBeNull();
    expect((await api.send('post', '/api/auth/sign-out')).status).toBe(200);
  });

  it('answers the same to a wrong password and to somebody who does not exist (CVE-2026-21484, CVE-2026-28288)', async () => {
    const answers = [
      await signIn(ada.email, 'wrong'),
      await signIn('nobody@echo.test', 'wrong'),
      await signIn('no address\u0000', 'wrong'),
    ];
    const [known, ...others] = answers.map(({ status, body }) => ({ status, ...body, request_id: '' }));
    expect(known).toMatchObject({ status: 401, code: 'sign_in_failed' });
    for (const other of others) expect(other).toEqual(known);
    const spent = async (email: string) => {
      await forgetLimits();
      const start = performance.now();
      await signIn(email, 'wrong');
      return performance.now() - start;
    };
    const times = { known: [] as number[], unknown: [] as number[] };
    for (let round = 0; round < 3; round++) {
      times.known.push(await spent(ada.email));
      times.unknown.push(await spent('nobody@echo.test'));
    }
    const median = (all: number[]) => all.sort((a, b) => a - b)[1] ?? 0;
    // The hash takes most of it; without one the second would take a tenth.
    expect(median(times.unknown)).toBeGreaterThan(median(times.known) / 2);
  });

  it('looks at five of twenty wrong passwords at once, and at no sixth', async () => {
    const answers = await Promise.all(TWENTY.map((index) => signIn(ada.email, `guess number ${index}`)));
    expect(counted(answers.map((answer) => outcome(answer).join(' ')))).toEqual({ '401 sign_in_failed': 5, '429 rate_limited': 15 });
    const limited = answers.find(({ status }) => status === 429);
    expect(Number(limited?.headers['retry-after'])).toBeGreaterThan(800);
    expect(outcome(await signIn(ada.email, PASSWORD))).toEqual([429, 'rate_limited']);
    // Others come in meanwhile, and so does she from elsewhere.
    expect(outcome(await signIn('nobody@echo.test', 'wrong'))).toEqual([401, 'sign_in_failed']);
  });

  it('lets twenty in at once who all know the password', async () => {
    const answers = await Promise.all(TWENTY.map(() => signIn(ada.email, PASSWORD)));
    expect(counted(answers.map(({ status }) => String(status)))).toEqual({ '200': 20 });
    expect(new Set(answers.map(({ headers }) => String(headers['set-cookie']))).size).toBe(20);
  });

  it('takes fifty failures an hour from one address, whomever they are for', async () => {
    await askPostgres(api.postgres.url, `update rate_limit set points = 50 where key like 'sign-in-address:%'`);
    await signIn('nobody@echo.test', 'wrong');
    await askPostgres(api.postgres.url, `update rate_limit set points = 50 where key like 'sign-in-address:%'`);
    const answer = await signIn('nobody-else@echo.test', 'wrong');
    expect(outcome(answer)).toEqual([429, 'rate_limited']);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(3_500);
  });

  it('believes nobody who says that they come from another address (4.1.3)', async () => {
    for (let guess = 0; guess < 5; guess++)
      await post('/api/auth/sign-in', { email: ada.email, password: 'wrong' }, { 'x-forwarded-for': `192.0.2.${guess}` });
    expect(outcome(await post('/api/auth/sign-in', { email: ada.email, password: 'wrong' }, { 'x-forwarded-for': '192.0.2.9' }))).toEqual([
      429,
      'rate_limited',
    ]);
    const [last] = await askPostgres(api.postgres.url, `select ip from audit where action = 'session.create' order by id desc limit 1`);
    expect(last).toEqual({ ip: '127.0.0.1' });
  });

  it('has no sign-up unless it is on', async () => {
    const answer = await post('/api/auth/sign-up', new Person(api, 'eve@echo.test').form);
    expect(outcome(answer)).toEqual([404, 'not_found']);
  });

  it('lets one person in by an invitation, and nobody else', async () => {
    const { body: link } = await ada.post('/api/admin/invitations', { email: ' Bob@Echo.test', role: 'user', expires_in_days: 1 });
    expect(link.url).toMatch(new RegExp(`^${api.url}/invitation#token=[\\w-]{43}$`));
    const token = tokenOf(link.url);
    expect((await post('/api/auth/invitation', { token })).body).toEqual({
      email: 'bob@echo.test',
      role: 'user',
      invited_by: ada.name,
      expires_at: link.expires_at,
    });
    const form = new Person(api, 'bob@echo.test', 'Bob').form;
    const foreign = await post('/api/auth/invitation/accept', { ...form, email: 'eve@echo.test', token });
    expect([...outcome(foreign), foreign.body.errors[0].pointer]).toEqual([422, 'invalid_value', '/email']);
    const answers = await Promise.all([1, 2, 3].map(() => post('/api/auth/invitation/accept', { ...form, token })));
    expect(counted(answers.map(({ status }) => String(status)))).toEqual({ '200': 1, '403': 2 });
    expect(outcome(await post('/api/auth/invitation', { token }))).toEqual([403, 'link_expired']);
    const again = tokenOf((await ada.post('/api/admin/invitations', { role: 'user' })).body.url);
    expect(outcome(await post('/api/auth/invitation/accept', { ...form, token: again }))).toEqual([409, 'email_taken']);
    // What could not be used is still good.
    expect((await post('/api/auth/invitation', { token: again })).status).toBe(200);
    const [open] = (await ada.get('/api/admin/invitations')).body.invitations;
    expect((await ada.send('delete', `/api/admin/invitations/${open.id}`)).status).toBe(204);
    expect(outcome(await post('/api/auth/invitation', { token: again }))).toEqual([403, 'link_expired']);
  });

  it('lets an administrator start a new password, and only its owner choose it (6.4.6)', async () => {
    const zoe = await ada.invite('zoe@echo.test');
    const { body: link } = await ada.post(`/api/admin/users/${zoe.id}/password-reset`);
    const token = tokenOf(link.url);
    expect(outcome(await post('/api/auth/password-reset', { token, password: 'zoe@echo.test 1' }))).toEqual([422, 'weak_password']);
    expect((await post('/api/auth/password-reset', { token, password: 'another walk at dawn' })).status).toBe(204);
    expect(outcome(await post('/api/auth/password-reset', { token, password: 'yet another walk' }))).toEqual([403, 'link_expired']);
    expect(outcome(await zoe.get('/api/account'))).toEqual([401, 'session_ended']);
    expect(outcome(await signIn(zoe.email, PASSWORD))).toEqual([401, 'sign_in_failed']);
    expect((await signIn(zoe.email, 'another walk at dawn')).status).toBe(200);
  });

  it('refuses what another site sends, whatever cookie comes along (sec/csrf)', async () => {
    const forms: [string, Record<string, string>][] = [
      ['cross_site_refused', { origin: 'https://evil.example', 'content-type': 'application/json' }],
      ['cross_site_refused', { 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' }],
      ['cross_site_refused', { 'sec-fetch-site': 'same-site', 'content-type': 'application/json' }],
      ['unsupported_media_type', { 'content-type': 'text/plain' }],
      ['unsupported_media_type', { 'content-type': 'application/x-www-form-urlencoded' }],
    ];
    for (const [code, headers] of forms) {
      const answer = await ada.post('/api/account/keys', JSON.stringify({ name: 'k', scopes: ['admin'] }), headers);
      expect([headers, answer.body.code]).toEqual([headers, code]);
    }
    expect((await ada.get('/api/account/keys')).body.keys).toEqual([]);
  });

  it('writes down who came in and who was refused, and no address or password', async () => {
    const { body } = await ada.get('/api/admin/audit?action=session.create&limit=200');
    expect(body.items).toContainEqual(
      expect.objectContaining({ actor_id: ada.id, result: 'ok', detail: 'password', ip: '127.0.0.1', via: 'session' }),
    );
    expect(body.items).toContainEqual(
      expect.objectContaining({ actor_id: null, result: 'refused', detail: 'password', target: `user:${ada.id}`, via: 'none' }),
    );
    const text = JSON.stringify(await askPostgres(api.postgres.url, 'select action, target, detail from audit'));
    expect(text).not.toMatch(/@|dusk|guess|Lovelace/);
  });
});

describe('ways in, with sign-up and plain HTTP in an intranet', () => {
  let api: TestApi;

  beforeAll(async () => {
    const intranet = {
      ECHO_PUBLIC_URL: 'http://chat.intranet',
      ECHO_INSECURE_HTTP: 'on',
      ECHO_TRUST_PROXY: 'loopback',
      ECHO_SIGN_UP: 'on',
    };
    api = await TestApi.start({ ECHO_AUTH: 'accounts', ...intranet });
  });
  afterAll(() => api.stop());

  it('warns the operator and the person', async () => {
    expect(api.app.output).toContain('People sign in over plain HTTP at http://chat.intranet');
    expect((await api.send('get', '/api/auth/session', undefined, { host: 'chat.intranet' })).body.plain_http).toBe(true);
    expect((await api.get('/api/auth/session')).body.plain_http).toBe(false);
  });

  it('takes the word of the proxy, and makes links of the public address', async () => {
    expect(api.app.output).toContain('http://chat.intranet/setup#token=');
    const ada = await Person.setUp(api);
    expect((await ada.post('/api/admin/invitations', { role: 'user' })).body.url).toMatch(/^http:\/\/chat\.intranet\/invitation#token=/);
    await ada.send('post', '/api/auth/sign-in', { email: ada.email, password: PASSWORD }, { 'x-forwarded-for': '192.0.2.7' });
    expect((await ada.get('/api/account/sessions')).body.sessions[0]).toMatchObject({ current: true, ip: '192.0.2.7' });
  });

  it('lets anybody make an account, who is no administrator', async () => {
    const { body, status } = await api.post('/api/auth/sign-up', new Person(api, 'eve@echo.test', 'Eve').form);
    expect([status, body]).toEqual([200, { id: expect.any(String), email: 'eve@echo.test', name: 'Eve', role: 'user' }]);
    expect(outcome(await api.post('/api/auth/sign-up', new Person(api, 'EVE@echo.test').form))).toEqual([409, 'email_taken']);
  });
});

describe('ways in, where people come by HTTPS', () => {
  it('binds the cookie to it', async () => {
    const api = await TestApi.start({ ECHO_AUTH: 'accounts', ECHO_PUBLIC_URL: 'https://chat.example' });
    const { headers } = await api.post('/api/auth/setup', { ...new Person(api, 'ada@echo.test').form, token: setupToken(api) });
    expect(headers['set-cookie']).toEqual([
      expect.stringMatching(/^__Host-echo=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax; Secure$/),
    ]);
    await api.stop();
  });
});
