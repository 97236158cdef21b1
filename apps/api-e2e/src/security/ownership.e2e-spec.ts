import { openAiChat } from '@echo/testing';
import { KEY_SCOPES } from '@echo/contract';
import { outcome, Person } from '../support/person';
import { startOf, TestApi } from '../support/test-api';
import { allRoutes, nameOf, type Route } from './routes';

/** Whose id a route takes, by where it stands. A new route with an id must be added here. */
const OBJECTS = {
  '/api/conversations/': 'conversation',
  '/api/messages/': 'message',
  '/api/runs/': 'run',
  '/api/account/sessions/': 'session',
  '/api/account/keys/': 'key',
} as const;
/** Routes whose ids belong to nobody: models of everybody, and what administrators administer. */
const OF_NOBODY = ['/api/chat/providers/', '/api/admin/'];
/** Bodies that a route takes when the id is one's own. */
const BODIES: Readonly<Record<string, object>> = {
  'PATCH /api/conversations/{id}': { title: 'Taken over' },
  'POST /api/messages/{id}/regenerate': {},
  'POST /api/messages/{id}/continue': {},
};

type Credential = { readonly name: string; readonly headers: Record<string, string>; readonly scopes: readonly string[] | undefined };

describe('what is one’s own is nobody else’s (CVE-2026-31950, CVE-2026-45349, CVE-2026-45671, CVE-2026-44563, CVE-2026-41950)', () => {
  let api: TestApi;
  let bob: Person;
  let eve: Person;
  const others: Credential[] = [];
  let owned: Record<(typeof OBJECTS)[keyof typeof OBJECTS], string>;
  let liveRun: string;

  beforeAll(async () => {
    api = await TestApi.start({ ECHO_AUTH: 'accounts' });
    const ada = await Person.setUp(api);
    bob = await ada.invite('bob@echo.test');
    eve = await ada.invite('eve@echo.test', 'user', 'Eve');
    others.push({ name: 'another user', headers: eve.headers, scopes: undefined });
    others.push({ name: 'an administrator', headers: ada.headers, scopes: undefined });
    for (const scope of KEY_SCOPES.filter((each) => each !== 'admin'))
      others.push({ name: `another user’s key for ${scope}`, headers: (await eve.key(scope)).headers, scopes: [scope] });
    others.push({ name: 'an administrator’s key for everything', headers: (await ada.key(...KEY_SCOPES)).headers, scopes: KEY_SCOPES });

    api.answer(openAiChat.text(['What only Bob may read.']), openAiChat.text(['Still'], { then: [{ hold: true }] }));
    const done = await api.stream('/api/chat', { prompt: 'Bob’s secret plan' }, bob.headers);
    await done.all();
    const live = await api.stream('/api/chat', { prompt: 'Bob’s other plan' }, bob.headers);
    await live.until(({ text }) => text !== '');
    liveRun = startOf(live).run_id;
    const start = startOf(done);
    const { sessions } = (await bob.get('/api/account/sessions')).body;
    owned = {
      conversation: String(start.conversation_id),
      message: String(start.message_id),
      run: start.run_id,
      session: sessions[0].id,
      key: (await bob.key('chat:read')).id,
    };
  });
  afterAll(() => api.stop());

  const withIds = allRoutes().filter(({ path, audience }) => path.includes('{') && audience !== 'public');
  const personal = withIds.filter(({ path }) => !OF_NOBODY.some((prefix) => path.startsWith(prefix)));

  it('and every route that takes an id says whose it is', () => {
    const unknown = personal.filter(({ path }) => !Object.keys(OBJECTS).some((prefix) => path.startsWith(prefix)));
    expect(unknown.map(nameOf)).toEqual([]);
    expect(personal.length).toBeGreaterThan(8);
  });

  it.each(personal.map((route) => [nameOf(route), route] as const))('%s', async (name, route) => {
    const before = await everythingOfBob();
    const kind = Object.entries(OBJECTS).find(([prefix]) => route.path.startsWith(prefix))?.[1] ?? 'run';
    const ids = kind === 'run' ? [owned.run, liveRun] : [owned[kind]];
    for (const id of ids) {
      for (const { name: who, headers, scopes } of others) {
        const isAllowed = scopes === undefined || (route.scope !== undefined && scopes.includes(route.scope));
        const expected = isAllowed ? [404, 'not_found'] : [403, 'scope_missing'];
        const answer = await api.send(route.method, route.path.replace('{id}', id), bodyFor(name, route), headers);
        expect([who, answer.status, answer.body.code]).toEqual([who, expected[0], expect.stringMatching(/not_found$|^scope_missing$/)]);
        expect(JSON.stringify(answer.body)).not.toContain('Bob');
        if (route.path.endsWith('/events')) expect(outcome(await api.get(route.path.replace('{id}', id)))[0]).toBe(401);
      }
      expect(outcome(await api.send(route.method, route.path.replace('{id}', id), bodyFor(name, route)))).toEqual([
        401,
        'sign_in_required',
      ]);
    }
    expect(await everythingOfBob()).toEqual(before);
  });

  it('nor is it found through the bodies of routes that take none of its ids in their path', async () => {
    for (const { headers, scopes } of others.filter(({ scopes: allowed }) => allowed === undefined || allowed.includes('chat:write'))) {
      const foreign = { prompt: 'Hi', conversation_id: Number(owned.conversation) };
      expect((await api.send('post', '/api/chat', foreign, headers)).status).toBe(404);
      const { body: own } = await api.send('post', '/api/conversations', { title: 'Mine' }, headers);
      const parent = { prompt: 'Hi', conversation_id: own.id, parent_id: Number(owned.message) };
      expect([(await api.send('post', '/api/chat', parent, headers)).status, scopes]).toEqual([404, scopes]);
    }
  });

  it('nor in lists and searches', async () => {
    for (const { headers, scopes } of others.filter(({ scopes: allowed }) => allowed === undefined || allowed.includes('chat:read'))) {
      for (const path of [
        '/api/conversations',
        '/api/conversations?q=Bob',
        '/api/conversations?q=plan',
        '/api/conversations?archived=true',
      ]) {
        const answer = await api.send('get', path, undefined, headers);
        expect([answer.status, scopes, JSON.stringify(answer.body).includes('Bob')]).toEqual([200, scopes, false]);
      }
    }
  });

  it('nor by another person’s key of a prompt: the same Idempotency-Key of two people is two keys', async () => {
    api.answer(openAiChat.text(['For Bob.']), openAiChat.text(['For Eve.']));
    const ask = async (who: Person) =>
      (await api.send('post', '/api/chat', { prompt: 'Same' }, { ...who.headers, 'idempotency-key': 'the-same' })).body;
    const [first, second] = [await ask(bob), await ask(eve)];
    expect([first.response, second.response]).toEqual(['For Bob.', 'For Eve.']);
    expect(second.conversation_id).not.toBe(first.conversation_id);
  });

  it('and what administrators administer is closed to everybody else, whatever they hold (CVE-2026-45301, CVE-2026-35029, CVE-2026-45397)', async () => {
    const routes = allRoutes().filter(({ audience }) => audience === 'administrator');
    expect(routes.length).toBeGreaterThan(10);
    const eves = others.filter(({ name }) => name.startsWith('another user'));
    for (const route of routes) {
      const path = route.path.replace(/\{\w+\}/, bob.id);
      for (const { name, headers } of eves) {
        const answer = await api.send(route.method, path, route.body ? {} : undefined, headers);
        expect([nameOf(route), name, answer.status]).toEqual([nameOf(route), name, 403]);
      }
      expect((await api.send(route.method, path, route.body ? {} : undefined)).status).toBe(401);
    }
  });

  const bodyFor = (name: string, route: Route) => BODIES[name] ?? (route.body ? {} : undefined);

  /** All that Bob has, as he sees it. */
  async function everythingOfBob(): Promise<unknown[]> {
    const paths = [
      '/api/account',
      '/api/account/keys',
      '/api/conversations',
      `/api/conversations/${owned.conversation}`,
      `/api/conversations/${owned.conversation}/messages`,
      `/api/runs/${owned.run}`,
      `/api/runs/${liveRun}`,
    ];
    const answers = await Promise.all(paths.map((path) => bob.get(path)));
    const { sessions } = (await bob.get('/api/account/sessions')).body;
    return [...answers.map(({ status, body }) => [status, body]), sessions.map(({ id }: { id: string }) => id)];
  }
});
