import { connect } from 'node:net';
import { TestApi } from './support/test-api';

/** Sends raw bytes and reads the answer's status and body, as no HTTP client of ours would. */
function raw(url: string, lines: readonly string[], body = ''): Promise<{ status: number; head: string; body: string }> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`));
    let text = '';
    socket.setEncoding('utf8').on('data', (data: string) => (text += data));
    socket.on('error', reject);
    socket.on('close', () => {
      const [head = '', ...rest] = text.split('\r\n\r\n');
      resolve({ status: Number(head.split(' ')[1]), head, body: rest.join('\r\n\r\n') });
    });
  });
}

describe('no website may talk to the server', () => {
  let api: TestApi;
  let host: string;

  beforeAll(async () => {
    api = await TestApi.start({ ECHO_PUBLIC_URL: 'https://chat.example', ECHO_CORS_ORIGINS: 'https://intranet.example' });
    host = new URL(api.url).host;
  });
  afterAll(() => api.stop());

  const ask = (...headers: string[]) => raw(api.url, ['GET /api/models HTTP/1.1', 'Connection: close', ...headers]);
  const post = (body: string, ...headers: string[]) =>
    raw(
      api.url,
      ['POST /api/chat HTTP/1.1', `Host: ${host}`, 'Connection: close', `Content-Length: ${Buffer.byteLength(body)}`, ...headers],
      body,
    );
  const code = (answer: { body: string }): string =>
    (JSON.parse(answer.body.slice(answer.body.indexOf('{'), answer.body.lastIndexOf('}') + 1)) as { code: string }).code;

  it('under a name that an attacker pointed at it (DNS rebinding)', async () => {
    for (const name of ['attacker.example', `attacker.example:${new URL(api.url).port}`, '127.0.0.1:1', 'localhost']) {
      const answer = await ask(`Host: ${name}`);
      expect([answer.status, code(answer)]).toEqual([403, 'host_not_allowed']);
    }
    const page = await raw(api.url, ['GET / HTTP/1.1', 'Host: attacker.example', 'Connection: close']);
    expect(page.status).toBe(403);
    expect((await raw(api.url, ['GET /api/models HTTP/1.0'])).status).toBe(403);
  });

  it('though it answers under its own names', async () => {
    const { port } = new URL(api.url);
    for (const name of [host, `localhost:${port}`, `[::1]:${port}`, 'chat.example']) expect((await ask(`Host: ${name}`)).status).toBe(200);
  });

  it('as a page of another site would, by Fetch Metadata', async () => {
    for (const site of ['cross-site', 'same-site']) {
      const answer = await ask(`Host: ${host}`, `Sec-Fetch-Site: ${site}`);
      expect([answer.status, code(answer)]).toEqual([403, 'cross_site_refused']);
    }
    for (const site of ['same-origin', 'none']) expect((await ask(`Host: ${host}`, `Sec-Fetch-Site: ${site}`)).status).toBe(200);
  });

  it('as a page of another site would, by Origin', async () => {
    for (const origin of ['https://evil.example', 'null', 'http://localhost:1', 'https://chat.example.evil.example']) {
      const answer = await ask(`Host: ${host}`, `Origin: ${origin}`);
      expect([answer.status, code(answer)]).toEqual([403, 'cross_site_refused']);
      expect(answer.head).not.toMatch(/access-control-allow/i);
    }
    for (const origin of [`http://${host}`, 'https://chat.example'])
      expect((await ask(`Host: ${host}`, `Origin: ${origin}`)).status).toBe(200);
  });

  it('unless the operator names its origin', async () => {
    const answer = await ask(`Host: ${host}`, 'Origin: https://intranet.example', 'Sec-Fetch-Site: cross-site');
    expect(answer.status).toBe(200);
    expect(answer.head).toMatch(/Access-Control-Allow-Origin: https:\/\/intranet\.example/);
    expect(answer.head).not.toMatch(/allow-credentials/i);
    const preflight = await raw(api.url, [
      'OPTIONS /api/chat HTTP/1.1',
      `Host: ${host}`,
      'Connection: close',
      'Origin: https://intranet.example',
    ]);
    expect([preflight.status, /Access-Control-Allow-Methods: .*POST/.test(preflight.head)]).toEqual([204, true]);
    const refused = await raw(api.url, [
      'OPTIONS /api/chat HTTP/1.1',
      `Host: ${host}`,
      'Connection: close',
      'Origin: https://evil.example',
    ]);
    expect(refused.status).toBe(403);
  });

  it('by a form, whose bodies are no JSON', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const answer = await post('{"prompt":"from a form"}', `Content-Type: ${type}`);
      expect([answer.status, code(answer)]).toEqual([415, 'unsupported_media_type']);
    }
  });

  it('by a form without a body, which sends no header of its own', async () => {
    for (const line of [
      'POST /api/chat HTTP/1.1',
      'POST /api/runs/01a204f7-9518-7c0f-a3fe-c07e833af865/stop HTTP/1.1',
      'DELETE /api/conversations/1 HTTP/1.1',
    ]) {
      const answer = await raw(api.url, [line, `Host: ${host}`, 'Connection: close', 'Content-Length: 0']);
      expect([answer.status, code(answer)]).toEqual([403, 'header_required']);
    }
    const allowed = await raw(api.url, [
      'DELETE /api/conversations/1 HTTP/1.1',
      `Host: ${host}`,
      'Connection: close',
      'X-Requested-With: curl',
    ]);
    expect(allowed.status).toBe(404);
  });

  it('and every answer carries the headers that keep it where it belongs', async () => {
    for (const path of ['/api/models', '/api/nothing', '/', '/nothing.js', '/api/docs', '/api/openapi.json']) {
      const { headers } = await fetch(`${api.url}${path}`);
      expect(headers.get('content-security-policy')).toMatch(/default-src 'none'/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });

  it('and the page’s policy names a nonce that no other answer had', async () => {
    const nonces = await Promise.all(
      [1, 2].map(async () => {
        const answer = await fetch(`${api.url}/c/5`);
        const nonce = /'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy') ?? '')?.[1] ?? '';
        expect(await answer.text()).toContain(`nonce="${nonce}"`);
        return nonce;
      }),
    );
    expect(nonces[0]).not.toBe(nonces[1]);
    expect(nonces[0]).toMatch(/^[\w+/]{22}==$/);
  });

  it('and bytes that are no HTTP get a problem too', async () => {
    const answer = await raw(api.url, ['NONSENSE']);
    expect([answer.status, code(answer)]).toEqual([400, 'malformed_request']);
  });
});
