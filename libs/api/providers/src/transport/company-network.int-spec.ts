import { CompanyProxy, PrivateAuthority, openAiChat, ScriptedProvider } from '@echo/testing';
import { createServer, type Server } from 'node:https';
import { type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { PUBLIC_EGRESS } from './egress-guard';
import { GuardedFetch } from './guarded-fetch';
import { type HttpAnswer, HttpTransport } from './http-transport';
import { type NetworkSettings } from './network-settings';
import { type WayOutOptions } from './way-out';

/** No name server knows it: only the proxy does. */
const HOST = 'models.company.invalid';
const CREDENTIALS = 'echo:s3cret';

describe('a company’s network', () => {
  const authority = new PrivateAuthority();
  let provider: ScriptedProvider;
  let secure: Server;
  let tunnels: CompanyProxy;
  let plain: CompanyProxy;
  const transports: HttpTransport[] = [];

  beforeAll(async () => {
    provider = await ScriptedProvider.start();
    secure = createServer(authority.issue(HOST), (_, response) => {
      response.write('first');
      if (_.url === '/ends') response.end(' last');
    });
    await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
    tunnels = await CompanyProxy.start((secure.address() as AddressInfo).port, CREDENTIALS);
    plain = await CompanyProxy.start(provider.port);
  });
  afterEach(async () => {
    await Promise.all(transports.splice(0).map((transport) => transport.close()));
    provider.reset();
    tunnels.calls.length = 0;
    plain.calls.length = 0;
  });
  afterAll(async () => {
    await Promise.all([provider.stop(), tunnels.stop(), plain.stop()]);
    secure.closeAllConnections();
    secure.close();
    authority.remove();
  });

  const call = (url: string, network: NetworkSettings, more: WayOutOptions = {}, signal?: AbortSignal): Promise<HttpAnswer> => {
    const transport = new HttpTransport({ network, ...more });
    transports.push(transport);
    return transport.send({ provider: 'Test AI', method: 'GET', url: new URL(url), headers: {} }, signal ?? new AbortController().signal);
  };

  it('is left through its proxy, to a server that only its own authority vouches for', async () => {
    const { body } = await call(`https://${HOST}/ends`, { httpsProxy: tunnels.url, extraCertificates: authority.certificate });
    expect(await body.text(100)).toBe('first last');
    expect(tunnels.calls).toEqual([{ line: `CONNECT ${HOST}:443`, authorization: `Basic ${Buffer.from(CREDENTIALS).toString('base64')}` }]);
  });

  it('is not trusted without that authority', async () => {
    await expect(call(`https://${HOST}/ends`, { httpsProxy: tunnels.url })).rejects.toMatchObject({ kind: 'network' });
  });

  it('is left by plain addresses too', async () => {
    provider.enqueue(openAiChat.raw('hello'));
    const { body } = await call(`http://${HOST}:8000/v1/models?a=b`, { httpProxy: plain.url });
    expect(await body.text(100)).toBe('hello');
    expect(plain.calls[0]?.line).toBe(`GET http://${HOST}:8000/v1/models?a=b`);
    expect(provider.requests[0]?.query.get('a')).toBe('b');
  });

  it('hears of a stop through the tunnel', async () => {
    const abort = new AbortController();
    const { body } = await call(
      `https://${HOST}/`,
      { httpsProxy: tunnels.url, extraCertificates: authority.certificate },
      {},
      abort.signal,
    );
    expect(await body.next()).toBe('first');
    abort.abort();
    await expect(body.next()).rejects.toMatchObject({ kind: 'aborted' });
    while (tunnels.openConnections > 0) await sleep(5);
  });

  it('says that its proxy wants a password', async () => {
    const withoutPassword = tunnels.url.replace(`${CREDENTIALS}@`, '');
    await expect(call(`https://${HOST}/`, { httpsProxy: withoutPassword })).rejects.toMatchObject({
      kind: 'network',
      logDetail: 'the proxy refused to connect (HTTP 407)',
    });
  });

  it('keeps its proxy out of what NO_PROXY names, and out of this machine', async () => {
    provider.enqueue(openAiChat.raw('straight'));
    const { body } = await call(`${provider.origin}/`, { httpProxy: plain.url });
    expect(await body.text(100)).toBe('straight');
    await expect(call(`http://${HOST}/`, { httpProxy: plain.url, noProxy: '.company.invalid' })).rejects.toMatchObject({ kind: 'network' });
    expect(plain.calls).toEqual([]);
  });

  it('is left by everything that fetches, form and all, and no redirect is followed', async () => {
    const way = new GuardedFetch({ httpProxy: plain.url });
    const bodies: string[] = [];
    provider.answer = ({ body }) => {
      bodies.push(body);
      return openAiChat.raw('fetched');
    };
    const headers = new Headers({ 'x-own': 'yes', 'content-type': 'application/x-www-form-urlencoded' });
    const answer = await way.fetch(`http://${HOST}/token`, { method: 'POST', headers, body: new URLSearchParams({ code: 'a b' }) });
    expect([answer.status, await answer.text(), bodies]).toEqual([200, 'fetched', ['code=a+b']]);
    expect([plain.calls[0]?.line, provider.requests[0]?.headers['x-own']]).toEqual([`POST http://${HOST}/token`, 'yes']);
    for (const url of ['http://169.254.169.254/', 'http://metadata.google.internal/'])
      await expect(way.fetch(url)).rejects.toMatchObject({ code: 'EGRESS_REFUSED' });
    await expect(new GuardedFetch().fetch('http://169.254.169.254/')).rejects.toMatchObject({ cause: { code: 'EGRESS_REFUSED' } });
    expect(plain.calls).toHaveLength(1);
    await way.onApplicationShutdown();
  });

  it.each([
    'http://169.254.169.254/latest/meta-data',
    'http://metadata.google.internal/',
    'http://192.168.1.1/',
    'http://[::ffff:a9fe:a9fe]/',
  ])('does not ask its proxy for %s', async (url) => {
    await expect(call(url, { httpProxy: plain.url }, { egress: PUBLIC_EGRESS })).rejects.toMatchObject({
      kind: 'network',
      logDetail: 'EGRESS_REFUSED',
    });
    expect(plain.calls).toEqual([]);
  });
});
