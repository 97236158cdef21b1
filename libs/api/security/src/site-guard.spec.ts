import { type Request, type Response } from 'express';
import { siteGuard, SiteRefusal, type SiteSettings } from './site-guard';

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly port?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

const OPEN: SiteSettings = { publicUrl: undefined, corsOrigins: [] };

/** What the guard does with a request: `passed`, or the code of its refusal. */
function ask({ method = 'GET', path = '/api/models', port = 3000, headers = {} }: Asked, settings = OPEN): string {
  let outcome = 'nothing';
  const request = { method, path, socket: { localPort: port }, headers: { host: `127.0.0.1:${port}`, ...headers } } as unknown as Request;
  const response = {
    setHeader: () => undefined,
    vary: () => undefined,
    status: () => ({ end: () => (outcome = 'preflight') }),
  } as unknown as Response;
  try {
    void siteGuard(settings)(request, response, () => (outcome = 'passed'));
  } catch (error) {
    if (!(error instanceof SiteRefusal)) throw error;
    return error.code;
  }
  return outcome;
}

describe('siteGuard', () => {
  it.each(['127.0.0.1:3000', 'localhost:3000', '[::1]:3000', 'LOCALHOST:3000'])('knows itself as %s', (host) => {
    expect(ask({ headers: { host } })).toBe('passed');
  });

  it.each(['evil.example:3000', '127.0.0.1', '127.0.0.1:3001', 'localhost.evil.example:3000', '127.0.0.1.nip.io:3000', '0.0.0.0:3000', ''])(
    'refuses the host %s, which a rebound name would send',
    (host) => {
      expect(ask({ headers: { host } })).toBe('host_not_allowed');
      expect(ask({ path: '/', headers: { host } })).toBe('host_not_allowed');
    },
  );

  it('answers under its public name, and on port 80 without a port', () => {
    expect(ask({ headers: { host: 'chat.example' } }, { ...OPEN, publicUrl: 'https://chat.example' })).toBe('passed');
    expect(ask({ headers: { host: 'chat.example:8443' } }, { ...OPEN, publicUrl: 'https://chat.example' })).toBe('host_not_allowed');
    expect(ask({ port: 80, headers: { host: 'localhost' } })).toBe('passed');
  });

  it.each(['cross-site', 'same-site', 'strange'])('refuses Sec-Fetch-Site %s', (site) => {
    expect(ask({ headers: { 'sec-fetch-site': site } })).toBe('cross_site_refused');
  });

  it.each(['same-origin', 'none'])('takes Sec-Fetch-Site %s', (site) => {
    expect(ask({ headers: { 'sec-fetch-site': site } })).toBe('passed');
  });

  it.each(['https://evil.example', 'null', 'http://127.0.0.1:3001', 'https://127.0.0.1:3000', 'http://localhost'])(
    'refuses the origin %s',
    (origin) => {
      expect(ask({ headers: { origin } })).toBe('cross_site_refused');
    },
  );

  it('takes its own origin, and those that the operator names', () => {
    expect(ask({ headers: { origin: 'http://localhost:3000' } })).toBe('passed');
    const settings = { publicUrl: 'https://chat.example', corsOrigins: ['https://intranet.example'] };
    expect(ask({ headers: { origin: 'https://chat.example' } }, settings)).toBe('passed');
    expect(ask({ headers: { origin: 'https://intranet.example', 'sec-fetch-site': 'cross-site' } }, settings)).toBe('passed');
    expect(ask({ method: 'OPTIONS', headers: { origin: 'https://intranet.example' } }, settings)).toBe('preflight');
    expect(ask({ method: 'OPTIONS', headers: { origin: 'https://evil.example' } }, settings)).toBe('cross_site_refused');
  });

  it('takes no session from a page of another origin, also of one that the operator names', () => {
    const headers: Record<string, string> = { host: '127.0.0.1:3000', origin: 'https://intranet.example', cookie: 'echo=token' };
    const request = { method: 'GET', path: '/api/models', socket: { localPort: 3000 }, headers } as unknown as Request;
    const response = { setHeader: () => undefined, vary: () => undefined } as unknown as Response;
    void siteGuard({ ...OPEN, corsOrigins: ['https://intranet.example'] })(request, response, () => undefined);
    expect(headers).not.toHaveProperty('cookie');
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonx', 'text/json'])(
    'refuses a body of type %s, as forms send it',
    (type) => {
      expect(ask({ method: 'POST', headers: { 'content-type': type, 'content-length': '2' } })).toBe('unsupported_media_type');
    },
  );

  it('takes JSON, and writes without a body that no form can send', () => {
    expect(ask({ method: 'POST', headers: { 'content-type': 'application/json; charset=utf-8', 'content-length': '2' } })).toBe('passed');
    expect(ask({ method: 'POST', headers: { 'transfer-encoding': 'chunked' } })).toBe('unsupported_media_type');
    for (const method of ['POST', 'DELETE', 'PATCH', 'PUT']) {
      expect(ask({ method })).toBe('header_required');
      expect(ask({ method, headers: { 'x-requested-with': 'echo' } })).toBe('passed');
    }
  });

  it('lets a link from another site open the page, though not the API', () => {
    expect(ask({ path: '/c/1', headers: { 'sec-fetch-site': 'cross-site' } })).toBe('passed');
    expect(ask({ path: '/API/models', headers: { 'sec-fetch-site': 'cross-site' } })).toBe('cross_site_refused');
  });
});
