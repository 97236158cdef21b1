import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, get, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { Relay } from '../app/relay';
import { ApiDescription } from './api-description';
import { ApiWitness } from './api-witness';

const event = { type: 'object', properties: { type: { enum: ['content'] } } };
const json = { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } };
const DESCRIPTION = new ApiDescription({
  paths: {
    '/api/thing': { get: { responses: { 200: { content: json } } }, post: { responses: { 200: { content: json } } } },
    '/api/stream': { get: { responses: { 200: { content: { 'text/event-stream': {} } } } } },
  },
  components: {
    schemas: { Thing: { type: 'object', properties: { id: { type: 'integer' } } }, Problem: { type: 'object' }, RunEvent: event },
  },
});
DESCRIPTION.document.paths['/api/stream'].get.responses[200].content['text/event-stream'].schema = {
  $ref: '#/components/schemas/RunEvent',
};

describe('the witness', () => {
  let server: Server;
  let url: string;
  let answer: RequestListener;
  let witness: ApiWitness;

  beforeEach(async () => {
    server = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    witness = ApiWitness.start(() => DESCRIPTION);
  });
  afterEach(() => {
    witness.stop();
    server.closeAllConnections();
    server.close();
  });

  const say = (body: unknown): void => {
    answer = (_request, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  };
  /** Everything a raw client is answered. */
  const raw = async (text: string): Promise<string> => {
    const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1' }).setEncoding('utf8');
    socket.write(text);
    let all = '';
    for await (const each of socket) all += each;
    return all;
  };
  const clients: Record<string, () => Promise<unknown>> = {
    fetch: async () => (await fetch(`${url}/api/thing`)).text(),
    'fetch with a body': async () => (await fetch(`${url}/api/thing`, { method: 'POST', body: '{}' })).text(),
    'node:http': () => new Promise((resolve) => get(`${url}/api/thing`, (incoming) => incoming.resume().on('end', resolve))),
    'a raw socket': () => raw('GET /api/thing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'),
    'another process, through a relay': async () => {
      const relay = await Relay.start();
      relay.port = Number(new URL(url).port);
      await once(spawn(process.execPath, ['-e', `fetch('${relay.url}/api/thing').then((answer) => answer.text())`]), 'exit');
      relay.stop();
    },
  };

  it.each(Object.keys(clients))('sees what %s is answered', async (name) => {
    say({ id: 1 });
    await clients[name]?.();
    const [seen] = witness.check();
    expect(seen).toMatchObject({ path: '/api/thing', status: 200, body: '{"id":1}', isWhole: true });
    say({ id: 'one' });
    await clients[name]?.();
    expect(() => witness.check()).toThrow(/\/api\/thing is not as described: data\/id must be integer/);
    expect(witness.check()).toEqual([]);
  });

  it('tells the answers on one connection apart, and passes over what is not described', async () => {
    answer = ({ url: path = '' }, response) => {
      if (path.startsWith('/api/openapi.json') || path.startsWith('/api/docs') || path === '/apiary') return response.end('anything');
      return response.setHeader('content-type', 'application/json').end('{"id":5}');
    };
    for (const path of ['/', '/apiary', '/api/openapi.json', '/api/docs/index.css', '/api/thing', '/api/thing?limit=1', '/api/thing/'])
      await (await fetch(`${url}${path}`)).text();
    const paths = witness.check().map(({ path }) => path);
    expect(paths).toHaveLength(3);
    expect(paths).toEqual(expect.arrayContaining(['/api/thing', '/api/thing?limit=1', '/api/thing/']));
    const lines = (path: string, end = '') => `GET ${path} HTTP/1.1\r\nHost: x\r\n${end}\r\n`;
    expect(await raw(lines('/api/thing?1') + lines('/') + lines('/api/thing?2', 'Connection: close\r\n'))).toContain('{"id":5}');
    expect(witness.check().map(({ path }) => path)).toEqual(['/api/thing?1', '/api/thing?2']);
  });

  it.each(['cut', 'left', 'still under way'])('checks the events of a stream that was %s', async (how) => {
    let cut = (): unknown => undefined;
    answer = (_request, response) => {
      response.setHeader('content-type', 'text/event-stream').write('data: {"type":"content"}\n\ndata: {"type":"surprise"}\n\ndata: {"ty');
      cut = () => response.destroy();
    };
    const leave = new AbortController();
    const body = (await fetch(`${url}/api/stream`, { signal: leave.signal })).body?.getReader();
    await body?.read();
    if (how === 'cut') cut();
    if (how === 'left') leave.abort();
    if (how !== 'still under way') await expect(body?.read()).rejects.toThrow();
    expect(() => witness.check()).toThrow(/an event of GET \/api\/stream is not as described[^]*surprise/);
  });

  it('holds an answer to what is no HTTP against the form of a problem', async () => {
    server.on('clientError', (_error, socket) => socket.end('HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\n\r\nWhat?'));
    await raw('NONSENSE\r\n\r\n');
    expect(() => witness.check()).toThrow(/what is no HTTP.* was answered 400 as text\/plain/);
  });

  it('leaves other protocols alone', async () => {
    const other = createServer().on('clientError', (_error, socket) => socket.end());
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const socket = connect((other.address() as AddressInfo).port, '127.0.0.1');
    socket.end(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]));
    await once(socket.resume(), 'close');
    expect(witness.check()).toEqual([]);
    other.close();
  });
});
