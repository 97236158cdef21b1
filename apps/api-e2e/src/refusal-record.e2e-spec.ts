import { askPostgres, openAiChat } from '@echo/testing';
import { until } from './faults/support/http';
import { outcome, PASSWORD, Person } from './support/person';
import { TestApi } from './support/test-api';

interface Entry {
  readonly actor_id: string | null;
  readonly target: string | null;
  readonly detail: string;
  readonly via: string;
  readonly ip: string;
}

describe('the record of refusals', () => {
  let api: TestApi;
  let ada: Person;
  let bob: Person;

  beforeAll(async () => {
    api = await TestApi.start({ ECHO_AUTH: 'accounts', ECHO_MESSAGES_PER_MINUTE: '1', ECHO_TRUST_PROXY: 'loopback' });
    ada = await Person.setUp(api);
    bob = await ada.invite('bob@echo.test');
  });
  afterAll(() => api.stop());
  beforeEach(() => askPostgres(api.postgres.url, 'delete from rate_limit'));

  const at = (ip: string) => ({ 'x-forwarded-for': ip });
  const rows = () =>
    askPostgres<Entry>(
      api.postgres.url,
      `select actor_id, target, detail, via, host(ip::inet) as ip from audit where action = 'request.refuse' and result = 'refused' order by id`,
    );
  const isWritten = (entry: Partial<Entry>) =>
    until(
      async () => (await rows()).some((row) => Object.entries(entry).every(([name, value]) => row[name as keyof Entry] === value)),
      5_000,
      `the entry ${JSON.stringify(entry)}`,
    );

  it('names a key that is not good any more, and one whose secret is wrong, once each', async () => {
    const [expired, stolen] = [await bob.key('chat:read'), await bob.key('chat:read')];
    await askPostgres(api.postgres.url, `update api_key set expires_at = now() where id = '${expired.id}'`);
    await askPostgres(api.postgres.url, `update api_key set key_hash = sha256('another') where id = '${stolen.id}'`);
    for (let time = 0; time < 3; time++)
      for (const { headers } of [expired, stolen])
        expect(outcome(await api.send('get', '/api/conversations', undefined, { ...headers, ...at('192.0.2.1') }))[1]).toBe(
          'invalid_api_key',
        );
    const of = (id: string) => ({ actor_id: null, target: `key:${id}`, detail: 'invalid_api_key', via: 'none', ip: '192.0.2.1' });
    await isWritten(of(stolen.id));
    expect((await rows()).filter(({ ip }) => ip === '192.0.2.1')).toEqual([of(expired.id), of(stolen.id)]);
    for (const { key } of [expired, stolen])
      expect(await askPostgres(api.postgres.url, `select 1 from audit a where a::text like '%${key.slice(-30)}%'`)).toEqual([]);
  });

  it('is filled by nobody: twenty entries of one network in a quarter of an hour', async () => {
    const keys = await Promise.all(Array.from({ length: 25 }, () => bob.key('chat:read')));
    await askPostgres(api.postgres.url, `update api_key set expires_at = now()`);
    for (const { headers } of keys) await api.send('get', '/api/conversations', undefined, { ...headers, ...at('192.0.2.2') });
    await api.send('get', '/api/conversations', undefined, { authorization: 'Bearer none', ...at('192.0.2.3') });
    await isWritten({ ip: '192.0.2.3', target: null, detail: 'invalid_api_key' });
    expect((await rows()).filter(({ ip }) => ip === '192.0.2.2')).toHaveLength(20);
  });

  it('says what somebody tried who may not, and which route it was, never which path was sent', async () => {
    expect(outcome(await bob.get(`/api/admin/users/${ada.id}?canary-path`))).toEqual([403, 'not_allowed']);
    const key = await ada.key('chat:read');
    expect(outcome(await api.send('get', '/api/admin/users', undefined, key.headers))).toEqual([403, 'scope_missing']);
    expect(outcome(await bob.post('/api/account/delete', { confirm: 'wrong' }))).toEqual([422, 'wrong_password']);
    await isWritten({ actor_id: bob.id, detail: 'not_allowed at GET /api/admin/users/:id', via: 'session' });
    await isWritten({ actor_id: ada.id, detail: 'scope_missing at GET /api/admin/users', via: 'key' });
    await isWritten({ actor_id: bob.id, detail: 'wrong_password at POST /api/account/delete' });
    expect(JSON.stringify(await rows())).not.toContain('canary-path');
  });

  it('tells of those who say nothing of themselves, and of what websites try', async () => {
    const from = at('192.0.2.6');
    const answers = [
      await api.send('get', '/api/conversations', undefined, from),
      await api.send('get', '/api/info', undefined, { host: 'evil.test', ...from }),
      await api.send('get', '/api/info', undefined, { origin: 'https://evil.test', ...from }),
    ];
    expect(answers.map((answer) => outcome(answer)[1])).toEqual(['sign_in_required', 'host_not_allowed', 'cross_site_refused']);
    // As a form would.
    expect((await fetch(`${api.url}/api/auth/sign-out`, { method: 'POST', headers: from })).status).toBe(403);
    for (const detail of ['sign_in_required', 'host_not_allowed', 'cross_site_refused', 'header_required'])
      await isWritten({ actor_id: null, detail, via: 'none', ip: '192.0.2.6' });
    expect(JSON.stringify(await rows())).not.toContain('evil');
  });

  it('tells of sessions that ended, links that are used up, other websites, and limits', async () => {
    const answers = [
      await api.send('get', '/api/account', undefined, { cookie: 'echo=none', ...at('192.0.2.4') }),
      await api.send('post', '/api/auth/setup', { ...bob.form, token: 'a'.repeat(43) }, at('192.0.2.4')),
      await api.send('get', '/api/info', undefined, { 'sec-fetch-site': 'cross-site', ...at('192.0.2.4') }),
    ];
    expect(answers.map((answer) => outcome(answer)[1])).toEqual(['session_ended', 'link_expired', 'cross_site_refused']);
    for (const detail of ['session_ended', 'link_expired at POST /api/auth/setup', 'cross_site_refused'])
      await isWritten({ actor_id: null, detail, via: 'none', ip: '192.0.2.4' });
    api.answerAll(openAiChat.text(['ok']));
    for (let message = 0; message < 2; message++) await bob.post('/api/chat', { prompt: 'Hi' });
    await isWritten({ actor_id: bob.id, detail: 'rate_limited at POST /api/chat' });
    for (let guess = 0; guess < 6; guess++)
      await api.send('post', '/api/auth/sign-in', { email: bob.email, password: 'wrong' }, at('192.0.2.5'));
    await isWritten({ actor_id: null, detail: 'rate_limited at POST /api/auth/sign-in', ip: '192.0.2.5' });
    expect((await bob.elsewhere()).id).toBe(bob.id);
  });

  it('can be read by administrators like everything else', async () => {
    const { body } = await ada.get('/api/admin/audit?action=request.refuse&limit=200');
    expect(body.items).toHaveLength((await rows()).length);
    expect(JSON.stringify(body)).not.toContain(PASSWORD);
  });
});
