import { askPostgres, openAiChat } from '@echo/testing';
import { TOTP } from 'otpauth';
import { outcome, PASSWORD, Person } from './support/person';
import { startOf, TestApi } from './support/test-api';

// Passwords take time on purpose, and much more of it on a machine that has other work.
jest.setTimeout(60_000);

const STAY_LIMIT_MS = 15_000;
const NOBODY = '019a0c1e-7b4a-4cc3-9a51-6f1f2f3f4f5f';

describe('accounts', () => {
  let api: TestApi;
  let ada: Person;
  let bob: Person;

  beforeAll(async () => {
    api = await TestApi.start({ ECHO_AUTH: 'accounts' });
    ada = await Person.setUp(api);
    bob = await ada.invite('bob@echo.test');
  });
  afterAll(() => api.stop());
  afterEach(() => askPostgres(api.postgres.url, 'delete from rate_limit'));

  const hang = () => api.answer(openAiChat.text(['Hello'], { then: [{ hold: true }] }));
  const actions = async () => (await ada.get('/api/admin/audit?limit=200')).body.items.map((entry: { action: string }) => entry.action);

  describe('one’s own', () => {
    it('is shown and renamed', async () => {
      expect((await bob.get('/api/account')).body).toEqual({
        id: bob.id,
        email: 'bob@echo.test',
        name: 'Bob Babbage',
        role: 'user',
        has_password: true,
        second_factor: false,
        recovery_codes_left: 0,
        single_sign_on: false,
        created_at: expect.any(String),
      });
      expect((await bob.send('patch', '/api/account', { name: ' Bob ' })).body.name).toBe('Bob');
      expect(outcome(await bob.send('patch', '/api/account', { name: ' ' }))).toEqual([422, 'empty']);
      expect(outcome(await bob.send('patch', '/api/account', { role: 'administrator' }))).toEqual([422, 'unknown_field']);
    });

    it('gets another password, which ends all other sessions and renews this one', async () => {
      const zoe = await ada.invite('zoe@echo.test');
      const [elsewhere, before] = [await zoe.elsewhere(), zoe.cookie];
      const change = (current_password: string, new_password: string) =>
        zoe.post('/api/account/password', { current_password, new_password });
      const wrong = await change('wrong', 'another walk at dawn');
      expect([...outcome(wrong), wrong.body.errors[0].pointer]).toEqual([422, 'wrong_password', '/current_password']);
      const weak = await change(PASSWORD, 'zoe@echo.test is me');
      expect([...outcome(weak), weak.body.errors[0].pointer]).toEqual([422, 'weak_password', '/new_password']);
      expect((await change(PASSWORD, 'another walk at dawn')).status).toBe(204);
      expect(outcome(await elsewhere.get('/api/account'))).toEqual([401, 'session_ended']);
      expect(outcome(await api.send('get', '/api/account', undefined, { cookie: before }))).toEqual([401, 'session_ended']);
      expect((await zoe.get('/api/account')).status).toBe(200);
      for (let guess = 0; guess < 5; guess++) await change(`guess ${guess}`, 'a third walk at noon');
      expect(outcome(await change('another walk at dawn', 'a third walk at noon'))).toEqual([429, 'rate_limited']);
    });

    it('lists where one is signed in, and ends one or all others', async () => {
      const zoe = await ada.invite('zoe-two@echo.test');
      const [second, third] = [await zoe.elsewhere(), await zoe.elsewhere()];
      const { sessions } = (await zoe.get('/api/account/sessions')).body;
      expect(sessions.map(({ current }: { current: boolean }) => current)).toEqual([false, false, true]);
      expect(outcome(await bob.send('delete', `/api/account/sessions/${sessions[0].id}`))).toEqual([404, 'not_found']);
      expect(outcome(await zoe.send('delete', '/api/account/sessions/7'))).toEqual([404, 'not_found']);
      expect((await zoe.send('delete', `/api/account/sessions/${sessions[0].id}`)).status).toBe(204);
      expect(outcome(await third.get('/api/account'))).toEqual([401, 'session_ended']);
      expect((await second.get('/api/account')).status).toBe(200);
      expect((await zoe.send('delete', '/api/account/sessions')).status).toBe(204);
      expect(outcome(await second.get('/api/account'))).toEqual([401, 'session_ended']);
      expect((await zoe.get('/api/account')).status).toBe(200);
    });
  });

  describe('a second factor', () => {
    let eve: Person;
    let totp: TOTP;
    let codes: string[];
    const signIn = (code?: string) =>
      api.post('/api/auth/sign-in', { email: eve.email, password: PASSWORD, ...(code === undefined ? {} : { code }) });
    /** The code of this step, or of so many after it. A step counts once: this forgets which was used. */
    const fresh = async () => {
      await askPostgres(api.postgres.url, 'update app_user set totp_step = 0 where totp_secret is not null');
      return totp.generate();
    };

    beforeAll(async () => (eve = await ada.invite('eve@echo.test')));

    it('is begun with the password, and counts from the first right code on', async () => {
      expect(outcome(await eve.post('/api/account/second-factor/confirm', { code: '123456' }))).toEqual([422, 'wrong_code']);
      expect(outcome(await eve.post('/api/account/second-factor', { password: 'wrong' }))).toEqual([422, 'wrong_password']);
      const { body: offer } = await eve.post('/api/account/second-factor', { password: PASSWORD });
      expect(offer.uri).toMatch(/^otpauth:\/\/totp\/EchoV2:eve%40echo\.test\?/);
      expect((await signIn()).status).toBe(200);
      totp = new TOTP({ secret: offer.secret });
      const before = eve.cookie;
      const { body } = await eve.post('/api/account/second-factor/confirm', { code: totp.generate() });
      codes = body.recovery_codes;
      expect(new Set(codes).size).toBe(10);
      expect(eve.cookie).not.toBe(before);
      expect((await eve.get('/api/account')).body).toMatchObject({ second_factor: true, recovery_codes_left: 10 });
      const stored = JSON.stringify(
        await askPostgres(api.postgres.url, 'select to_jsonb(u) as u from app_user u union all select to_jsonb(r) from recovery_code r'),
      );
      expect(stored).not.toContain(offer.secret);
      expect(stored).not.toContain(codes[0]);
      expect(outcome(await eve.post('/api/account/second-factor', { password: PASSWORD }))).toEqual([403, 'not_allowed']);
    });

    it('is asked for after the password, and only then', async () => {
      expect(outcome(await signIn())).toEqual([401, 'second_factor_required']);
      expect(outcome(await api.post('/api/auth/sign-in', { email: eve.email, password: 'wrong', code: await fresh() }))).toEqual([
        401,
        'sign_in_failed',
      ]);
      expect(outcome(await signIn('000000'))).toEqual([401, 'sign_in_failed']);
    });

    it('takes a code once, of many at once too', async () => {
      const code = await fresh();
      const statuses = (await Promise.all([1, 2, 3, 4].map(() => signIn(code)))).map(({ status }) => status);
      expect(statuses.sort()).toEqual([200, 401, 401, 401]);
    });

    it('takes a recovery code once, however it is written (CVE-2026-72917)', async () => {
      const [code = ''] = codes;
      expect((await signIn(code)).status).toBe(200);
      for (const again of [code, ` ${code.toLowerCase()} `, code.replaceAll('-', '')])
        expect(outcome(await signIn(again))).toEqual([401, 'sign_in_failed']);
      expect((await eve.get('/api/account')).body.recovery_codes_left).toBe(9);
    });

    it('stops whoever guesses codes, from wherever they come', async () => {
      await askPostgres(api.postgres.url, 'delete from rate_limit');
      for (let guess = 0; guess < 5; guess++) expect(outcome(await signIn(`00000${guess}`))).toEqual([401, 'sign_in_failed']);
      await askPostgres(api.postgres.url, `delete from rate_limit where key like 'sign-in%'`);
      const limited = await signIn(await fresh());
      expect(outcome(limited)).toEqual([429, 'rate_limited']);
      expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0);
    });

    it('has new recovery codes for a code, and ends with one', async () => {
      const { body } = await eve.post('/api/account/recovery-codes', { code: codes[1] });
      expect(outcome(await eve.post('/api/account/recovery-codes', { code: codes[2] }))).toEqual([422, 'wrong_code']);
      expect(outcome(await eve.send('delete', '/api/account/second-factor', { code: '000000' }))).toEqual([422, 'wrong_code']);
      expect((await eve.send('delete', '/api/account/second-factor', { code: body.recovery_codes[0] })).status).toBe(204);
      expect((await eve.get('/api/account')).body).toMatchObject({ second_factor: false, recovery_codes_left: 0 });
      expect((await signIn()).status).toBe(200);
    });
  });

  describe('API keys', () => {
    it('are shown once, stored as hashes, and do what their scopes say (apikey.lifecycle, CVE-2026-45339)', async () => {
      const { body: made, status } = await bob.post('/api/account/keys', { name: 'CI', scopes: ['chat:read'], expires_in_days: 7 });
      expect([status, made.key]).toEqual([201, expect.stringMatching(/^echo_live_[0-9A-Za-z]{8}_[0-9A-Za-z]{49}$/)]);
      const authorization = `Bearer ${made.key}`;
      const by = (method: 'get' | 'post', path: string, body?: object) => api.send(method, path, body, { authorization });
      expect((await by('get', '/api/conversations')).status).toBe(200);
      expect(outcome(await by('post', '/api/chat', { prompt: 'Hi' }))).toEqual([403, 'scope_missing']);
      for (const path of ['/api/account', '/api/account/keys', '/api/account/sessions'])
        expect(outcome(await by('get', path))).toEqual([403, 'scope_missing']);
      const { body: list } = await bob.get('/api/account/keys');
      const { id, prefix, scopes, created_at, expires_at } = made;
      expect(list.keys).toEqual([{ id, name: 'CI', prefix, scopes, created_at, expires_at, last_used_at: expect.any(String) }]);
      expect(JSON.stringify(await askPostgres(api.postgres.url, 'select k::text as text from api_key k'))).not.toContain(made.key);
    });

    it('are a hundred of one person at most, and one that goes makes room', async () => {
      const zoe = await ada.invite('zoe-hundred@echo.test');
      const { id } = await zoe.key('chat:read');
      await askPostgres(
        api.postgres.url,
        `insert into api_key (id, user_id, key_hash, name, scopes, expires_at)
         select 'full' || lpad(n::text, 4, '0'), user_id, sha256(n::text::bytea), name, scopes, expires_at
         from api_key, generate_series(1, 99) n where id = '${id}'`,
      );
      const more = () => zoe.post('/api/account/keys', { name: 'CI', scopes: ['chat:read'], expires_in_days: 7 });
      expect(outcome(await more())).toEqual([409, 'too_many_keys']);
      await zoe.send('delete', `/api/account/keys/${id}`);
      expect((await more()).status).toBe(201);
      await ada.send('delete', `/api/admin/users/${zoe.id}`);
    });

    it('cannot administer unless their owner does, and says so', async () => {
      const refused = await bob.post('/api/account/keys', { name: 'CI', scopes: ['admin'] });
      expect([...outcome(refused), refused.body.errors[0].pointer]).toEqual([422, 'invalid_value', '/scopes']);
      for (const body of [
        { name: '', scopes: ['chat:read'] },
        { name: 'CI', scopes: [] },
        { name: 'CI', scopes: ['chat:read', 'chat:read'] },
        { name: 'CI', scopes: 'chat:read' },
        { name: 'CI', scopes: ['chat:read'], expires_in_days: 366 },
        { name: 'CI', scopes: ['chat:read'], expires_in_days: 0 },
      ])
        expect([body, (await bob.post('/api/account/keys', body)).status]).toEqual([body, 422]);
      const { headers } = await ada.key('admin');
      expect((await api.send('get', '/api/admin/users', undefined, headers)).status).toBe(200);
      expect(outcome(await api.send('get', '/api/conversations', undefined, headers))).toEqual([403, 'scope_missing']);
    });

    it.each([
      `' OR '1'='1`,
      `echo_live_' OR '1`,
      'echo_live_12345678_' + 'a'.repeat(49),
      'echo_live_12345678_' + 'a'.repeat(100_000).slice(0, 9_000),
      '',
    ])('is refused when it is none (CVE-2026-42208)', async (key) => {
      expect(outcome(await api.send('get', '/api/conversations', undefined, { authorization: `Bearer ${key}` }))).toEqual([
        401,
        'invalid_api_key',
      ]);
    });

    it('counts before a cookie, and in no other place', async () => {
      const { key, headers } = await bob.key('chat:read');
      const both = await api.send('get', '/api/account', undefined, { ...bob.headers, ...headers });
      expect(outcome(both)).toEqual([403, 'scope_missing']);
      expect(outcome(await api.send('get', '/api/conversations', undefined, { ...bob.headers, authorization: 'Bearer x' }))).toEqual([
        401,
        'invalid_api_key',
      ]);
      expect(outcome(await api.send('get', '/api/conversations', undefined, { 'x-api-key': key }))).toEqual([401, 'sign_in_required']);
      expect(outcome(await api.send('get', `/api/conversations?api_key=${key}`))).toEqual([401, 'sign_in_required']);
    });

    it('ends when it is revoked, when its time is over, and while its owner is disabled (CVE-2026-32717)', async () => {
      const zoe = await ada.invite('zoe-three@echo.test');
      const [revoked, expired, kept] = [await zoe.key('chat:read'), await zoe.key('chat:read'), await zoe.key('chat:read')];
      const use = ({ headers }: { headers: Record<string, string> }) => api.send('get', '/api/conversations', undefined, headers);
      expect(outcome(await bob.send('delete', `/api/account/keys/${revoked.id}`))).toEqual([404, 'not_found']);
      expect((await zoe.send('delete', `/api/account/keys/${revoked.id}`)).status).toBe(204);
      await askPostgres(api.postgres.url, `update api_key set expires_at = now() where id = '${expired.id}'`);
      expect([outcome(await use(revoked)), outcome(await use(expired))]).toEqual([
        [401, 'invalid_api_key'],
        [401, 'invalid_api_key'],
      ]);
      expect((await use(kept)).status).toBe(200);
      await ada.send('patch', `/api/admin/users/${zoe.id}`, { status: 'disabled' });
      expect(outcome(await use(kept))).toEqual([401, 'invalid_api_key']);
      expect(outcome(await zoe.get('/api/account'))).toEqual([401, 'session_ended']);
      await ada.send('patch', `/api/admin/users/${zoe.id}`, { status: 'active' });
      expect((await use(kept)).status).toBe(200);
    });
  });

  describe('what stays open (F44, CVE-2026-44553)', () => {
    /** Takes away what lets them in, and waits until their stream has ended. Returns its last event. */
    async function endOf(person: Person, headers: Record<string, string>, takeAway: () => Promise<unknown>) {
      hang();
      const reader = await api.stream('/api/chat', { prompt: 'Hi' }, headers);
      await reader.until(({ events }) => events.some(({ event }) => event.type === 'content'));
      const start = performance.now();
      await takeAway();
      await reader.all();
      expect(performance.now() - start).toBeLessThan(STAY_LIMIT_MS);
      return { last: reader.events.at(-1)?.event, runId: startOf(reader).run_id };
    }
    const stateOf = async (runId: string) =>
      (await askPostgres<{ status: string }>(api.postgres.url, `select status from run where id = '${runId}'`))[0];
    const ENDED = { type: 'error', code: 'session_ended', retryable: false, partial: true, message: expect.any(String) };

    it('ends with the session, and the answer goes on', async () => {
      const elsewhere = await bob.elsewhere();
      const { last, runId } = await endOf(bob, elsewhere.headers, () => bob.send('delete', '/api/account/sessions'));
      expect(last).toEqual(ENDED);
      expect(await stateOf(runId)).toEqual({ status: 'streaming' });
      expect((await bob.post(`/api/runs/${runId}/stop`)).body.status).toBe('stopped');
    });

    it('ends with the key', async () => {
      const key = await bob.key('chat:read', 'chat:write');
      const { last, runId } = await endOf(bob, key.headers, () => bob.send('delete', `/api/account/keys/${key.id}`));
      expect(last).toEqual(ENDED);
      await bob.post(`/api/runs/${runId}/stop`);
    });

    it('ends with the role, also when nobody tells this replica', async () => {
      const zoe = await ada.invite('zoe-four@echo.test', 'administrator');
      const key = await zoe.key('chat:read', 'chat:write');
      const { last } = await endOf(zoe, key.headers, () =>
        askPostgres(api.postgres.url, `update app_user set role = 'user' where id = '${zoe.id}'`),
      );
      expect(last).toEqual(ENDED);
      expect(outcome(await zoe.get('/api/admin/users'))).toEqual([403, 'not_allowed']);
      await ada.send('delete', `/api/admin/users/${zoe.id}`);
    });

    it('ends with the account, and so does the answer', async () => {
      const zoe = await ada.invite('zoe-five@echo.test');
      const { last, runId } = await endOf(zoe, zoe.headers, () => ada.send('patch', `/api/admin/users/${zoe.id}`, { status: 'disabled' }));
      expect(last).toEqual(ENDED);
      while ((await stateOf(runId))?.status === 'streaming');
      expect(await stateOf(runId)).toEqual({ status: 'stopped' });
    });

    it('is refused as JSON', async () => {
      const elsewhere = await bob.elsewhere();
      hang();
      const asked = api.asked.length;
      const answer = elsewhere.post('/api/chat', { prompt: 'Hi' });
      await api.prompt(asked);
      await bob.send('delete', '/api/account/sessions');
      expect(outcome(await answer)).toEqual([401, 'session_ended']);
      const [run] = await askPostgres<{ id: string }>(api.postgres.url, `select id from run where status = 'streaming'`);
      await bob.post(`/api/runs/${run?.id}/stop`);
    });
  });

  describe('administrators', () => {
    it('see people, page by page, and nobody else does', async () => {
      const { body: first } = await ada.get('/api/admin/users?limit=1');
      expect(first.items).toEqual([
        expect.objectContaining({ id: ada.id, role: 'administrator', status: 'active', last_seen_at: expect.any(String) }),
      ]);
      const { body: next } = await ada.get(`/api/admin/users?limit=1&cursor=${first.next_cursor}`);
      expect(next.items[0].id).toBe(bob.id);
      expect((await ada.get('/api/admin/users?q=BOB%40')).body.items.map(({ id }: { id: string }) => id)).toEqual([bob.id]);
      expect((await ada.get('/api/admin/users?q=%25')).body.items).toEqual([]);
      expect(outcome(await ada.get('/api/admin/users?cursor=x'))).toEqual([400, 'invalid_cursor']);
      for (const path of [
        '/api/admin/users',
        `/api/admin/users/${ada.id}`,
        '/api/admin/invitations',
        '/api/admin/audit',
        '/api/admin/audit/export',
      ])
        expect([path, ...outcome(await bob.get(path))]).toEqual([path, 403, 'not_allowed']);
      for (const id of ['7', NOBODY]) expect(outcome(await ada.get(`/api/admin/users/${id}`))).toEqual([404, 'not_found']);
      // The local user of the mode without accounts is nobody.
      expect(outcome(await ada.get('/api/admin/users/00000000-0000-7000-8000-000000000001'))).toEqual([404, 'not_found']);
    });

    it('stay one, whatever is tried', async () => {
      const change = (body: object) => ada.send('patch', `/api/admin/users/${ada.id}`, body);
      for (const answer of [
        await change({ role: 'user' }),
        await change({ status: 'disabled' }),
        await ada.send('delete', `/api/admin/users/${ada.id}`),
        await ada.post('/api/account/delete', { confirm: PASSWORD }),
      ])
        expect(outcome(answer)).toEqual([409, 'last_administrator']);
      expect((await ada.get('/api/account')).status).toBe(200);
    });

    it('change a role, which ends the sessions that had the other one', async () => {
      const zoe = await ada.invite('zoe-six@echo.test');
      const { body } = await ada.send('patch', `/api/admin/users/${zoe.id}`, { role: 'administrator', name: 'Zoe' });
      expect(body).toMatchObject({ role: 'administrator', name: 'Zoe' });
      expect(outcome(await zoe.get('/api/account'))).toEqual([401, 'session_ended']);
      expect((await (await zoe.elsewhere()).get('/api/admin/users?limit=1')).status).toBe(200);
      expect((await ada.get('/api/admin/audit?action=user.change&limit=1')).body.items[0]).toMatchObject({
        actor_id: ada.id,
        target: `user:${zoe.id}`,
        detail: 'name; role user → administrator',
      });
      await ada.send('delete', `/api/admin/users/${zoe.id}`);
    });

    it('end somebody’s sessions and second factor', async () => {
      const zoe = await ada.invite('zoe-seven@echo.test');
      const { body: offer } = await zoe.post('/api/account/second-factor', { password: PASSWORD });
      await zoe.post('/api/account/second-factor/confirm', { code: new TOTP({ secret: offer.secret }).generate() });
      expect((await ada.send('delete', `/api/admin/users/${zoe.id}/second-factor`)).status).toBe(204);
      expect((await ada.send('delete', `/api/admin/users/${zoe.id}/sessions`)).status).toBe(204);
      expect(outcome(await zoe.get('/api/account'))).toEqual([401, 'session_ended']);
      expect((await (await zoe.elsewhere()).get('/api/account')).body.second_factor).toBe(false);
      for (const path of ['sessions', 'second-factor'])
        expect(outcome(await ada.send('delete', `/api/admin/users/${NOBODY}/${path}`))).toEqual([404, 'not_found']);
    });

    it('read the audit log by person, action and time, and take all of it along', async () => {
      const { body: all } = await ada.get('/api/admin/audit?limit=200');
      const ids = all.items.map(({ id }: { id: number }) => id);
      expect(ids).toEqual([...ids].sort((a, b) => b - a));
      const { body: page } = await ada.get(
        `/api/admin/audit?limit=1&cursor=${(await ada.get('/api/admin/audit?limit=1')).body.next_cursor}`,
      );
      expect(page.items[0].id).toBe(ids[1]);
      const { body: his } = await ada.get(`/api/admin/audit?actor=${bob.id}&action=key.revoke`);
      expect(his.items.map((entry: object) => entry)).toEqual([expect.objectContaining({ actor_id: bob.id, action: 'key.revoke' })]);
      expect((await ada.get(`/api/admin/audit?to=${encodeURIComponent(all.items.at(-1).at)}`)).body.items).toEqual([]);
      expect(outcome(await ada.get('/api/admin/audit?from=yesterday'))).toEqual([422, 'invalid_value']);
      const file = await ada.get('/api/admin/audit/export');
      expect(file.headers['content-disposition']).toMatch(/^attachment; filename="echov2-audit-\d{4}-\d\d-\d\d\.jsonl"$/);
      const lines = (file.text ?? String(file.body))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(lines[0]).toMatchObject({ id: 1, action: 'user.create', detail: 'setup' });
      expect(lines.at(-1)).toMatchObject({ action: 'audit.export' });
    });

    it('leave a trace of all that they and others do', async () => {
      expect(new Set(await actions())).toEqual(
        new Set([
          'audit.export',
          'invitation.create',
          'key.create',
          'key.revoke',
          'password.change',
          'recovery_codes.renew',
          'request.refuse',
          'second_factor.begin',
          'second_factor.end',
          'session.create',
          'session.end',
          'user.change',
          'user.create',
          'user.delete',
        ]),
      );
    });
  });

  describe('a deleted account', () => {
    it('takes everything with it, a live answer first, and leaves a pseudonym where sums and traces must stay', async () => {
      const zoe = await ada.invite('zoe-canary@echo.test', 'user', 'Zoe Canary');
      await zoe.key('chat:read');
      api.answer(openAiChat.text(['A canary sings']));
      const { body } = await zoe.post('/api/chat', { prompt: 'What does a canary do?' }, { 'idempotency-key': 'canary-key-1' });
      expect(body.response).toBe('A canary sings');
      hang();
      const reader = await api.stream('/api/chat', { prompt: 'And another canary?' }, zoe.headers);
      await reader.until(({ events }) => events.some(({ event }) => event.type === 'content'));
      expect(outcome(await zoe.post('/api/account/delete', { confirm: 'wrong' }))).toEqual([422, 'wrong_password']);
      const answer = await zoe.post('/api/account/delete', { confirm: PASSWORD });
      expect([answer.status, zoe.cookie]).toEqual([204, '']);
      await reader.all();
      expect(await rowsWith(zoe.id)).toEqual(['audit', 'ledger']);
      expect(await rowsWith('anary')).toEqual([]);
      expect(outcome(await api.post('/api/auth/sign-in', { email: zoe.email, password: PASSWORD }))).toEqual([401, 'sign_in_failed']);
      expect((await ada.get('/api/admin/audit?action=user.delete&limit=1')).body.items[0]).toMatchObject({
        actor_id: zoe.id,
        actor_name: null,
      });
    });

    /** The tables that hold this text anywhere. */
    async function rowsWith(text: string): Promise<string[]> {
      const tables = await askPostgres<{ name: string }>(
        api.postgres.url,
        `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
      );
      const found: string[] = [];
      for (const { name } of tables) {
        const rows = await askPostgres(api.postgres.url, `select 1 from "${name}" t where t::text like '%${text}%' limit 1`);
        if (rows.length > 0) found.push(name);
      }
      return found;
    }
  });
});

describe('without accounts', () => {
  it('has no ways in, and nobody to administer', async () => {
    const api = await TestApi.start();
    expect((await api.get('/api/auth/session')).body).toMatchObject({
      auth: 'none',
      setup_needed: false,
      user: { role: 'administrator', email: null },
    });
    for (const [method, path] of [
      ['post', '/api/auth/sign-in'],
      ['post', '/api/auth/setup'],
      ['get', '/api/account'],
      ['get', '/api/account/keys'],
      ['get', '/api/admin/users'],
      ['post', '/api/admin/invitations'],
    ] as const)
      expect([path, ...outcome(await api.send(method, path, method === 'post' ? {} : undefined))]).toEqual([path, 404, 'not_found']);
    expect((await api.get('/api/admin/audit')).body.items).toEqual([]);
    await api.stop();
  });
});
