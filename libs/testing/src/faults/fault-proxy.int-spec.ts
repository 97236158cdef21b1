import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { FaultProxy } from './fault-proxy';
import { SeededRandom } from './seeded-random';

describe('FaultProxy', () => {
  let server: Server;
  let proxy: FaultProxy;
  const clients: Socket[] = [];
  /** What the server does with a connection: it sends back what it gets, unless a test says otherwise. */
  let serve: (socket: Socket) => void;

  beforeEach(async () => {
    serve = (socket) => socket.pipe(socket);
    server = createServer((socket) => serve(socket.on('error', () => undefined))).listen(0, '127.0.0.1');
    await once(server, 'listening');
    proxy = await FaultProxy.start({ port: (server.address() as AddressInfo).port, random: new SeededRandom(5) });
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.destroy();
    proxy.away();
    server.close();
  });

  const open = async (): Promise<Socket> => {
    const client = connect(proxy.port, '127.0.0.1');
    clients.push(client);
    await once(client, 'connect');
    return client;
  };
  /** What comes, from the first call on, until `bytes` are there. */
  const read = async (client: Socket, bytes: number) => {
    let [text, reads] = ['', 0];
    client.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      reads++;
    });
    while (Buffer.byteLength(text) < bytes) await once(client, 'data');
    return { text, reads };
  };
  const codeOfEnd = (client: Socket): Promise<string> =>
    Promise.race([
      once(client, 'error').then(([error]) => (error as NodeJS.ErrnoException).code ?? ''),
      once(client, 'end').then(() => 'end'),
    ]);

  it('carries everything unchanged when nothing is wrong, and passes the end on', async () => {
    const client = await open();
    const text = 'x'.repeat(1_000_000);
    client.end(text);
    expect((await read(client, text.length)).text).toBe(text);
    await once(client, 'close');
  });

  it('is late by its latency, in order, and not by the latency of each piece', async () => {
    Object.assign(proxy.down, { latencyMs: 100, jitterMs: 50 });
    const client = await open();
    const begun = performance.now();
    for (let index = 0; index < 100; index++) {
      client.write(`${index},`);
      await new Promise(setImmediate);
    }
    const { text } = await read(client, 290);
    expect(text).toBe(Array.from({ length: 100 }, (_, index) => `${index},`).join(''));
    expect(performance.now() - begun).toBeGreaterThan(95);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });

  it('gives no more bytes than its bandwidth', async () => {
    proxy.down.bytesPerSecond = 10_000;
    const client = await open();
    const begun = performance.now();
    client.write('x'.repeat(3_000));
    await read(client, 3_000);
    expect(performance.now() - begun).toBeGreaterThan(190);
  });

  it('cuts what passes into small pieces', async () => {
    proxy.down.sliceBytes = 7;
    const client = await open();
    client.write('x'.repeat(700));
    const { reads } = await read(client, 700);
    expect(reads).toBeGreaterThan(20);
  });

  it.each(['reset', 'cut', 'silence'] as const)('%ss after so many bytes', async (fate) => {
    proxy.down.after = { bytes: 10, fate };
    const client = await open();
    const ended = fate === 'silence' ? undefined : codeOfEnd(client);
    client.write('0123456789abcdef');
    expect((await read(client, 10)).text).toBe('0123456789');
    if (fate === 'silence') {
      let more = '';
      client.on('data', (bytes: Buffer) => (more += bytes.toString()));
      client.write('more');
      const other = await open();
      other.write('other');
      await read(other, 5);
      expect([more, client.destroyed]).toEqual(['', false]);
    } else expect(await ended).toBe(fate === 'reset' ? 'ECONNRESET' : 'end');
  });

  it('resets what is open, refuses, and lets in again', async () => {
    const client = await open();
    const ended = codeOfEnd(client);
    client.write('hello');
    await read(client, 5);
    proxy.away();
    expect(await ended).toBe('ECONNRESET');
    await expect(open()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await proxy.resume();
    const again = await open();
    again.write('hello');
    expect((await read(again, 5)).text).toBe('hello');
    expect(proxy.accepted).toBe(2);
  });

  it('makes a sender wait when the receiver does not read', async () => {
    let sent = 0;
    serve = (socket) => {
      const fill = (): void => {
        while (socket.write(Buffer.alloc(64 * 1024))) sent += 64 * 1024;
      };
      socket.on('drain', fill);
      fill();
    };
    proxy.down.bytesPerSecond = 1_000;
    const client = await open();
    await once(client, 'data');
    const before = sent;
    await once(client, 'data');
    await once(client, 'data');
    expect(sent - before).toBeLessThan(8 * 1024 * 1024);
    expect(sent).toBeLessThan(32 * 1024 * 1024);
  });

  it('gives the same URL with its own port', () => {
    expect(proxy.through('postgres://me:secret@localhost:5432/db')).toBe(`postgres://me:secret@127.0.0.1:${proxy.port}/db`);
    expect(proxy.through('http://127.0.0.1:80/v1')).toBe(`http://127.0.0.1:${proxy.port}/v1`);
    expect(proxy.through('http://localhost:8080')).toBe(`http://127.0.0.1:${proxy.port}`);
  });
});
