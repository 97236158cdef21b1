import { EventReader, findFreePort, openAiChat, PrivateAuthority } from '@echo/testing';
import { request } from 'node:https';
import { type IncomingHttpHeaders } from 'node:http';
import { setupToken } from './support/person';
import { isInstalled, PROXY_PROGRAMS, RealProxy, TLS_HOST } from './support/real-proxy';
import { TestApi } from './support/test-api';

const FORM = { email: 'ada@echo.test', name: 'Ada Lovelace', password: 'a quiet walk at dusk' };
const INTRANET = 'https://intranet.example';
/** An address of somebody in the internet, as only the proxy's word tells. */
const CLIENT = '203.0.113.7';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

describe.each(PROXY_PROGRAMS)('below a path of $name, which speaks TLS, with accounts', (program) => {
  if (!isInstalled(program)) {
    it.skip(`is not tested: ${program.name} is not installed`, () => undefined);
    return;
  }
  const authority = new PrivateAuthority();
  let api: TestApi;
  let proxy: RealProxy;
  let cookie = '';

  beforeAll(async () => {
    const port = await findFreePort();
    api = await TestApi.start({
      ECHO_AUTH: 'accounts',
      ECHO_PUBLIC_URL: `https://${TLS_HOST}:${port}/tools/echo`,
      ECHO_TRUST_PROXY: '1',
      ECHO_CORS_ORIGINS: INTRANET,
    });
    const { key, cert } = authority.issue(TLS_HOST);
    proxy = await RealProxy.start(program, port, Number(new URL(api.url).port), `${cert.toString()}\n${key.toString()}`);
  }, 60_000);
  afterAll(async () => {
    await proxy?.stop();
    await api?.stop();
    authority.remove();
  });

  /** As a browser far away asks, which trusts the authority. */
  const ask = (path: string, { method = 'GET', body, headers = {} }: { method?: string; body?: object; headers?: object } = {}) =>
    new Promise<Answer>((resolve, reject) => {
      const asked = request(`${proxy.url}${path}`, {
        method,
        ca: authority.certificate,
        headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...(cookie ? { cookie } : {}), ...headers },
      });
      asked.once('error', reject).once('response', (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      });
      asked.end(body && JSON.stringify(body));
    });

  it('shows a page whose every address is below the path, and leads there from the path without a slash', async () => {
    const bare = await ask('/tools/echo');
    expect([bare.status, bare.headers.location]).toEqual([308, '/tools/echo/']);
    const page = await ask('/tools/echo/');
    const addresses = [...page.text.matchAll(/\b(?:href|src|data-base)="([^"]+)"/g)].map(([, address]) => address ?? '');
    expect(addresses).toContain('/tools/echo/');
    expect(addresses.length).toBeGreaterThan(4);
    for (const address of addresses) {
      expect(address).toMatch(/^\/tools\/echo\//);
      expect([address, (await ask(address)).status]).toEqual([address, 200]);
    }
    expect((await ask('/tools/echo/c/12')).text).toContain('data-base="/tools/echo/"');
  });

  it('lets the first person in, with a cookie that goes to this path only and over TLS only', async () => {
    const entered = await ask('/tools/echo/api/auth/setup', { method: 'POST', body: { ...FORM, token: setupToken(api) } });
    expect(entered.status).toBe(200);
    const [set = ''] = entered.headers['set-cookie'] ?? [];
    expect(set).toMatch(/^__Secure-echo=[\w-]{43}; Max-Age=\d+; Path=\/tools\/echo; HttpOnly; SameSite=Lax; Secure$/);
    cookie = set.split(';')[0] ?? '';
    expect(JSON.parse((await ask('/tools/echo/api/auth/session')).text)).toMatchObject({ user: { email: FORM.email }, plain_http: false });
  });

  it('takes the client’s address from the proxy, and nobody else’s word for it', async () => {
    const body = { email: FORM.email, password: FORM.password };
    const ips = async (): Promise<string[]> =>
      (JSON.parse((await ask('/tools/echo/api/account/sessions')).text) as { sessions: { ip: string }[] }).sessions.map(({ ip }) => ip);
    // Whoever is far away may claim what they like: the proxy has the last word.
    const elsewhere = { 'x-forwarded-for': CLIENT, cookie: '' };
    const claimed = await ask('/tools/echo/api/auth/sign-in', { method: 'POST', body, headers: elsewhere });
    expect([claimed.status, (await ips()).includes(CLIENT)]).toEqual([200, false]);
    // This test in the place of the proxy.
    expect((await api.post('/api/auth/sign-in', body, { 'x-forwarded-for': CLIENT })).status).toBe(200);
    expect(await ips()).toContain(CLIENT);
  });

  it('answers its own pages and those of allowed origins, and no other', async () => {
    const status = async (headers: object): Promise<number> => (await ask('/tools/echo/api/models', { headers })).status;
    expect(await status({ origin: new URL(proxy.url).origin, 'sec-fetch-site': 'same-origin' })).toBe(200);
    expect(await status({ origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' })).toBe(403);
    const allowed = await ask('/tools/echo/api/models', { headers: { origin: INTRANET, 'sec-fetch-site': 'cross-site' } });
    // It may ask; who it is, it has to say by a key of its own.
    expect([allowed.status, allowed.headers['access-control-allow-origin']]).toEqual([401, INTRANET]);
  });

  it('streams, also to a program that asks beside the path with a key', async () => {
    const made = await ask('/tools/echo/api/account/keys', {
      method: 'POST',
      body: { name: 'Program', scopes: ['chat:write', 'chat:read'] },
    });
    const { key } = JSON.parse(made.text) as { key: string };
    api.answer(openAiChat.text(['One ', 'two'], { pace: 20 }));
    const streamed = await ask('/tools/echo/api/chat', { method: 'POST', body: { prompt: 'Below', stream: true } });
    expect([streamed.status, streamed.headers['content-type']]).toEqual([200, 'text/event-stream']);
    const said = [...streamed.text.matchAll(/"chunk":"([^"]*)"/g)].map(([, chunk]) => chunk);
    expect(said.join('')).toBe('One two');
    expect(streamed.text).toContain('"type":"done"');
    // A proxy may take the path off itself.
    api.answer(openAiChat.text(['Three']));
    const reader = await EventReader.post(`${api.url}/api/chat`, { prompt: 'Straight' }, { authorization: `Bearer ${key}` });
    expect((await reader.all()).text).toBe('Three');
  });

  it('describes the API where it is', async () => {
    expect(JSON.parse((await ask('/tools/echo/api/openapi.json')).text)).toMatchObject({ servers: [{ url: '/tools/echo' }] });
    expect((await ask('/tools/echo/api/docs/')).text).not.toMatch(/(?:href|src)="\//);
    expect((await ask('/tools/echo/api/docs/swagger-ui.css')).status).toBe(200);
  });
});
