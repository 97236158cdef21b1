import { openAiChat } from '@echo/testing';
import { Person } from '../support/person';
import { TestApi } from '../support/test-api';
import { allRoutes } from './routes';

describe('every answer keeps where it belongs', () => {
  let api: TestApi;
  let ada: Person;

  beforeAll(async () => {
    api = await TestApi.start({ ECHO_AUTH: 'accounts' });
    ada = await Person.setUp(api);
  });
  afterAll(() => api.stop());

  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${api.url}${path}`, {
      ...init,
      headers: { ...ada.headers, 'x-requested-with': 'test', ...(init.headers as Record<string, string>) },
    });

  function expectKept({ headers }: Response, what: string): void {
    expect([what, headers.get('content-security-policy')]).toEqual([
      what,
      expect.stringMatching(/^default-src 'none'.*frame-ancestors 'none'/s),
    ]);
    expect([what, headers.get('x-content-type-options')]).toEqual([what, 'nosniff']);
    expect([what, headers.get('x-frame-options')]).toEqual([what, 'DENY']);
    expect([what, headers.get('referrer-policy')]).toEqual([what, 'no-referrer']);
    expect([what, headers.get('cross-origin-opener-policy')]).toEqual([what, 'same-origin']);
    expect([what, headers.get('cross-origin-resource-policy')]).toEqual([what, 'same-origin']);
    expect([what, headers.get('x-powered-by'), headers.get('access-control-allow-origin')]).toEqual([what, null, null]);
  }

  it('on every route, as an administrator, as somebody unknown and by a wrong method', async () => {
    for (const { method, path } of allRoutes()) {
      const there = path.replace(/\{\w+\}/, '1');
      if (method === 'get') expectKept(await ask(there), `GET ${there}`);
      expectKept(await fetch(`${api.url}${there}`, { method: method.toUpperCase() }), `${method} ${there} of nobody`);
      expectKept(await ask(there, { method: 'PUT' }), `PUT ${there}`);
    }
  });

  it('on what holds what people say, kept by no cache', async () => {
    for (const path of ['/api/conversations', '/api/account', '/api/auth/session', '/api/admin/users', '/api/account/keys'])
      expect([path, (await ask(path)).headers.get('cache-control')]).toEqual([path, expect.stringContaining('no-store')]);
  });

  it('on refusals of every kind', async () => {
    const json = { 'content-type': 'application/json' };
    const refusals: [string, RequestInit, number][] = [
      ['/api/nothing', {}, 404],
      ['/api/chat', { method: 'POST', headers: json, body: '{' }, 400],
      ['/api/chat', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' }, 415],
      ['/api/chat', { method: 'POST', headers: json, body: JSON.stringify({ prompt: 'x'.repeat(2_200_000) }) }, 413],
      ['/api/chat', { method: 'POST', headers: json, body: '{}' }, 422],
      ['/api/models', { headers: { origin: 'https://evil.example' } }, 403],
    ];
    for (const [path, init, status] of refusals) {
      const answer = await ask(path, init);
      expect([path, answer.status]).toEqual([path, status]);
      expectKept(answer, `${path} ${status}`);
    }
  });

  it('on streams', async () => {
    api.answer(openAiChat.text(['Hello']));
    const reader = await api.stream('/api/chat', { prompt: 'Hi' }, ada.headers);
    await reader.all();
    expectKept(reader.response, 'a stream');
    expect(reader.response.headers.get('content-type')).toBe('text/event-stream');
    expect(reader.response.headers.get('cache-control')).toMatch(/no-store.*no-transform/);
  });

  it('on the page, with Trusted Types and a nonce, and on its parts', async () => {
    for (const path of ['/', '/c/1', '/sign-in', '/settings/users']) {
      const answer = await ask(path);
      expectKept(answer, path);
      const policy = answer.headers.get('content-security-policy') ?? '';
      for (const part of ["base-uri 'none'", "object-src 'none'", "require-trusted-types-for 'script'", "form-action 'self'"])
        expect(policy).toContain(part);
      expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/]{22}=='/);
      expect(policy).not.toMatch(/unsafe-|\*|https?:/);
    }
    const script = /src="(\/?[\w./-]+\.js)"/.exec(await (await ask('/')).text())?.[1] ?? '';
    expectKept(await ask(script.startsWith('/') ? script : `/${script}`), 'a script');
  });
});
