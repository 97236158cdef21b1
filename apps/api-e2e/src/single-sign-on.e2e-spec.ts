import { type SessionState } from '@echo/contract';
import { askPostgres, CompanyProxy, findFreePort, PrivateAuthority } from '@echo/testing';
import { TestIdentityProvider } from '@echo/testing/identity';
import { generateKeyPair } from 'jose';
import { BrowserWalk } from './support/browser-walk';
import { Person } from './support/person';
import { TestApi } from './support/test-api';

describe('single sign-on', () => {
  let identity: TestIdentityProvider;
  let api: TestApi;
  let admin: Person;

  beforeAll(async () => {
    identity = await TestIdentityProvider.start();
    api = await TestApi.start({
      ECHO_AUTH: 'accounts',
      ...identity.env,
      ECHO_OIDC_ALLOWED_DOMAINS: 'echo.test, other.test',
      ECHO_OIDC_ADMIN_GROUP: 'operators',
    });
    admin = await Person.setUp(api, 'first@echo.test');
  });
  afterAll(async () => {
    await api.stop();
    await identity.stop();
  });

  const start = (returnTo = '') => `${api.url}/api/auth/single-sign-on${returnTo && `?return_to=${encodeURIComponent(returnTo)}`}`;
  const isCallback = (url: string) => url.startsWith(`${api.url}/api/auth/single-sign-on/callback`);
  const isPage = (url: string) => url.startsWith(api.url) && !url.startsWith(`${api.url}/api/`);
  const session = async (walk: BrowserWalk) => (await (await walk.fetch(`${api.url}/api/auth/session`)).json()) as SessionState;
  const who = async (walk: BrowserWalk) => (await session(walk)).user;
  const enter = async (login: string, returnTo?: string): Promise<{ walk: BrowserWalk; place: string }> => {
    const walk = new BrowserWalk(login);
    return { walk, place: await walk.follow(start(returnTo), isPage) };
  };
  const refused = async (place: string, problem: string): Promise<void> => {
    expect(place).toBe(`${api.url}/sign-in?problem=${problem}`);
    const [entry] = await askPostgres<{ detail: string }>(api.postgres.url, 'select detail from audit order by id desc limit 1');
    expect(entry?.detail).toBe(`single sign-on: ${problem}`);
  };

  it('sends people back to the sign-in page while the identity provider is away, and lets them in once it is there', async () => {
    expect(await new BrowserWalk('x').follow(start(), isPage)).toBe(`${api.url}/sign-in?problem=away`);
    await identity.serve(api.url);
    // It is not asked again at once.
    identity.accounts.set('early', { email: 'early@echo.test', email_verified: true });
    for (const until = Date.now() + 15_000; Date.now() < until;) {
      if (!(await enter('early')).place.includes('problem=away')) break;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    expect(await who((await enter('early')).walk)).toMatchObject({ email: 'early@echo.test', role: 'user' });
  });

  it('makes an account at the first time, finds it again, and leads to where they wanted to go', async () => {
    identity.accounts.set('bob', { email: 'Bob@Echo.test', email_verified: true, name: 'Bob Babbage' });
    const first = await enter('bob', '/chat/7?a=b');
    expect(first.place).toBe(`${api.url}/chat/7?a=b`);
    const user = await who(first.walk);
    expect(user).toMatchObject({ email: 'bob@echo.test', name: 'Bob Babbage', role: 'user' });
    expect((await who((await enter('bob')).walk))?.id).toBe(user?.id);
    for (const foreign of ['https://evil.test/', '//evil.test', '/\\evil.test'])
      expect((await enter('bob', foreign)).place).toBe(`${api.url}/`);
    const ways = await session(first.walk);
    expect(ways.single_sign_on).toEqual({ name: 'Test ID', url: '/api/auth/single-sign-on' });
    // Theirs is the only one: they have no password. Others may.
    expect([ways.password_sign_in, (await session(new BrowserWalk('nobody'))).password_sign_in]).toEqual([false, true]);
  });

  it('gives and takes the role by the group, at each time', async () => {
    identity.accounts.set('carol', { email: 'carol@echo.test', email_verified: true, groups: ['operators'] });
    expect(await who((await enter('carol')).walk)).toMatchObject({ role: 'administrator' });
    identity.accounts.set('carol', { email: 'carol@echo.test', email_verified: true, groups: ['cooks'] });
    expect(await who((await enter('carol')).walk)).toMatchObject({ role: 'user' });
  });

  it.each([
    ['an address that nobody verified', { email: 'dan@echo.test', email_verified: false }, 'email_unverified'],
    ['another domain', { email: 'dan@evil.test', email_verified: true }, 'domain'],
    ['a domain that only looks like ours', { email: 'dan@evil.echo.test', email_verified: true }, 'domain'],
    ['the address of somebody who has an account here', { email: 'FIRST@echo.test', email_verified: true }, 'email_taken'],
  ])('lets nobody in with %s', async (_what, account, problem) => {
    identity.accounts.set('dan', account);
    const { walk, place } = await enter('dan');
    await refused(place, problem);
    expect(await who(walk)).toBeNull();
  });

  it('lets nobody in who was disabled', async () => {
    identity.accounts.set('erin', { email: 'erin@echo.test', email_verified: true });
    const id = (await who((await enter('erin')).walk))?.id;
    expect((await admin.send('patch', `/api/admin/users/${id}`, { status: 'disabled' })).status).toBe(200);
    const { walk, place } = await enter('erin');
    await refused(place, 'disabled');
    expect(await who(walk)).toBeNull();
  });

  describe('takes back only what the same browser began', () => {
    beforeAll(() => identity.accounts.set('frank', { email: 'frank@echo.test', email_verified: true }));

    it.each([
      ['another state', (url: URL) => url.searchParams.set('state', 'x')],
      ['no state', (url: URL) => url.searchParams.delete('state')],
      ['another issuer', (url: URL) => url.searchParams.set('iss', 'https://evil.test')],
      ['a code of its own', (url: URL) => url.searchParams.set('code', 'x')],
      ['an error', (url: URL) => (url.search = `?error=access_denied&state=${url.searchParams.get('state')}`)],
    ])('with %s: nobody', async (_what, change) => {
      const walk = new BrowserWalk('frank');
      const callback = new URL(await walk.follow(start(), isCallback));
      change(callback);
      await refused(await walk.follow(callback.href, isPage), 'failed');
      expect(await who(walk)).toBeNull();
    });

    it('with a callback that was used: nobody', async () => {
      const walk = new BrowserWalk('frank');
      const callback = await walk.follow(start(), isCallback);
      const cookie = new Map(walk.jar(api.url));
      expect(await walk.follow(callback, isPage)).toBe(`${api.url}/`);
      const thief = new BrowserWalk('frank');
      for (const [name, value] of cookie) thief.jar(api.url).set(name, value);
      await refused(await thief.follow(callback, isPage), 'failed');
    });

    it('with a callback of somebody else: nobody, and nobody is signed in as them', async () => {
      const callback = await new BrowserWalk('frank').follow(start(), isCallback);
      const victim = new BrowserWalk('bob');
      await refused(await victim.follow(callback, isPage), 'failed');
      await victim.follow(start(), isCallback);
      await refused(await victim.follow(callback, isPage), 'failed');
      expect(await who(victim)).toBeNull();
    });

    it('with another nonce: nobody', async () => {
      const walk = new BrowserWalk('frank');
      const callback = await walk.follow(start(), isCallback);
      const [[name, value] = ['', '']] = walk.jar(api.url);
      const login = JSON.parse(Buffer.from(value, 'base64url').toString());
      walk.jar(api.url).set(name, Buffer.from(JSON.stringify({ ...login, nonce: 'x' })).toString('base64url'));
      await refused(await walk.follow(callback, isPage), 'failed');
    });
  });

  it('comes back from another site, and lets no other site do anything else', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    const walk = new BrowserWalk('frank');
    const callback = await walk.follow(start(), isCallback);
    const cookie = [...walk.jar(api.url)].map((pair) => pair.join('=')).join('; ');
    const path = callback.slice(api.url.length);
    // Not by fetch, which says of itself that it is no navigation.
    expect((await api.send('get', path, undefined, { cookie, ...headers, 'sec-fetch-mode': 'cors' })).status).toBe(403);
    expect((await api.send('get', path, undefined, { cookie, ...headers })).headers['location']).toBe(`${api.url}/`);
    expect((await api.send('get', '/api/auth/session', undefined, headers)).status).toBe(403);
  });

  describe('ends', () => {
    const tell = (token: string) =>
      fetch(`${api.url}/api/auth/single-sign-on/back-channel-logout`, {
        method: 'POST',
        body: new URLSearchParams({ logout_token: token }),
      });

    it('when the identity provider says so, and by nobody else’s word', async () => {
      identity.accounts.set('grace', { email: 'grace@echo.test', email_verified: true });
      const { walk } = await enter('grace');
      const { privateKey } = await generateKeyPair('RS256');
      const forged = [
        await identity.logoutToken('grace', {}, privateKey),
        await identity.logoutToken('grace', { aud: 'another' }),
        await identity.logoutToken('grace', { iss: 'https://evil.test' }),
        await identity.logoutToken('grace', { events: {} }),
        await identity.logoutToken('grace', { nonce: 'x' }),
        'x.y.z',
      ];
      for (const token of forged) expect((await tell(token)).status).toBe(400);
      expect(await who(walk)).toMatchObject({ email: 'grace@echo.test' });
      expect((await tell(await identity.logoutToken('grace'))).status).toBe(204);
      expect(await who(walk)).toBeNull();
      expect((await walk.fetch(`${api.url}/api/conversations`)).status).toBe(401);
    });

    it('there as well, when somebody signs out here', async () => {
      const { walk } = await enter('grace');
      const response = await walk.fetch(`${api.url}/api/auth/sign-out`, { method: 'POST', headers: { 'x-requested-with': 'test' } });
      const { redirect_url: url } = (await response.json()) as { redirect_url: string };
      expect(url).toMatch(new RegExp(`^${identity.issuer}/session/end\\?`));
      expect(new URL(url).searchParams.get('post_logout_redirect_uri')).toBe(`${api.url}/sign-in`);
      expect((await walk.fetch(url)).status).toBe(200);
      expect(await who(walk)).toBeNull();
      expect((await admin.post('/api/auth/sign-out')).body).toEqual({ redirect_url: null });
    });
  });
});

describe('single sign-on below a path', () => {
  it('begins and ends there, also where a proxy takes the path off', async () => {
    const identity = await TestIdentityProvider.start();
    const port = await findFreePort();
    const home = `http://127.0.0.1:${port}/tools/echo`;
    const api = await TestApi.start({ ECHO_AUTH: 'accounts', PORT: `${port}`, ECHO_PUBLIC_URL: home, ...identity.env });
    try {
      await identity.serve(home);
      identity.accounts.set('bob', { email: 'bob@echo.test', email_verified: true });
      const { body } = await api.get('/api/auth/session');
      expect(body.single_sign_on.url).toBe('/tools/echo/api/auth/single-sign-on');
      const start = `${api.url}${body.single_sign_on.url}?return_to=%2Fc%2F7`;
      const isHome = (url: string) => url.startsWith(home) && !url.startsWith(`${home}/api/`);
      const [cookie = ''] = (await fetch(start, { redirect: 'manual' })).headers.getSetCookie();
      expect(cookie).toContain('; Path=/tools/echo/api/auth/single-sign-on;');
      expect(await new BrowserWalk('bob').follow(start, isHome)).toBe(`${home}/c/7`);
      const walk = new BrowserWalk('bob');
      const callback = await walk.follow(start, (url) => url.startsWith(`${home}/api/auth/single-sign-on/callback`));
      expect(await walk.follow(callback.replace('/tools/echo', ''), isHome)).toBe(`${home}/c/7`);
      expect(await walk.follow(callback, isHome)).toBe(`${home}/sign-in?problem=failed`);
    } finally {
      await Promise.all([api.stop(), identity.stop()]);
    }
  });
});

describe('single sign-on from a company’s network', () => {
  const HOST = 'id.company.invalid';
  const authority = new PrivateAuthority();
  let identity: TestIdentityProvider;
  let proxy: CompanyProxy;
  afterAll(async () => {
    await Promise.all([proxy.stop(), identity.stop()]);
    authority.remove();
  });

  it('asks the identity provider through the proxy, trusting the company’s own authority, for its settings and its keys', async () => {
    identity = await TestIdentityProvider.start({ host: HOST, ...authority.issue(HOST) });
    proxy = await CompanyProxy.start(identity.port, 'echo:s3cret');
    const api = await TestApi.start({
      ECHO_AUTH: 'accounts',
      HTTPS_PROXY: proxy.url,
      NODE_EXTRA_CA_CERTS: authority.file,
      ...identity.env,
    });
    try {
      await identity.serve(api.url);
      const begun = await api.send('get', '/api/auth/single-sign-on');
      expect(begun.headers['location']).toMatch(new RegExp(`^https://${HOST}/auth\\?`));
      const told = await fetch(`${api.url}/api/auth/single-sign-on/back-channel-logout`, {
        method: 'POST',
        body: new URLSearchParams({ logout_token: await identity.logoutToken('nobody') }),
      });
      expect(told.status).toBe(204);
      expect(new Set(proxy.calls.map(({ line }) => line))).toEqual(new Set([`CONNECT ${HOST}:443`]));
    } finally {
      await api.stop();
    }
  });

  it.each(['https://169.254.169.254', 'https://metadata.google.internal'])('never asks %s, nor has its proxy ask', async (issuer) => {
    const before = proxy.calls.length;
    const api = await TestApi.start({ ECHO_AUTH: 'accounts', HTTPS_PROXY: proxy.url, ...identity.env, ECHO_OIDC_ISSUER: issuer });
    try {
      expect((await api.send('get', '/api/auth/single-sign-on')).headers['location']).toBe(`${api.url}/sign-in?problem=away`);
      expect([api.app.output.includes('is an address that providers must not have'), proxy.calls.length]).toEqual([true, before]);
    } finally {
      await api.stop();
    }
  });
});
