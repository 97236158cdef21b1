import { type Request, type Response } from 'express';
import { once } from 'node:events';
import { type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { GentleAdapter } from './gentle-adapter';

describe('a server that stops', () => {
  let adapter: GentleAdapter;
  let url: string;

  beforeEach(async () => {
    adapter = new GentleAdapter();
    adapter.initHttpServer({ forceCloseConnections: true });
    adapter.get('/slow', (_: Request, response: Response) => void setTimeout(() => response.send('answered'), 300));
    adapter.get('/never', () => undefined);
    adapter.get('/stream', (_: Request, response: Response) => {
      response.setHeader('content-type', 'text/event-stream');
      response.write(':\n\n');
    });
    const server = adapter.getHttpServer() as Server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  /** Closes it, and tells how many milliseconds that took. */
  const close = async (): Promise<number> => {
    const begun = performance.now();
    await adapter.close();
    return performance.now() - begun;
  };

  it('answers who asked before, and lets nobody else in', async () => {
    const seen = once(adapter.getHttpServer() as Server, 'request');
    const asked = fetch(`${url}/slow`).then((response) => response.text());
    await seen;
    const closed = close();
    await expect(fetch(`${url}/slow`)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    expect(await asked).toBe('answered');
    await closed;
  });

  it('does not wait for those who only watch: they are cut, and resume elsewhere', async () => {
    const stream = await fetch(`${url}/stream`);
    expect(await close()).toBeLessThan(1_000);
    await expect(stream.text()).rejects.toThrow();
  });

  it('does not wait for ever', async () => {
    const seen = once(adapter.getHttpServer() as Server, 'request');
    const asked = fetch(`${url}/never`);
    asked.catch(() => undefined); // Looked at below.
    await seen;
    const took = await close();
    expect([took > 1_500, took < 4_000]).toEqual([true, true]);
    await expect(asked).rejects.toThrow();
  });
});
