import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';

type Handler = (request: IncomingMessage & { readonly text: string }, response: ServerResponse) => void;

/** A real server on a free loopback port, for one spec. */
export class TestHttpServer {
  /** `POST /api/chat` and the like, in the order in which they came. */
  readonly seen: string[] = [];
  readonly #handlers = new Map<string, Handler>();
  readonly #server: Server = createServer((request, response) => void this.#answer(request, response));

  on(route: string, handler: Handler): this {
    this.#handlers.set(route, handler);
    return this;
  }

  json(route: string, body: unknown): this {
    return this.on(route, (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  }

  /** Resolves with the base address of the API. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/api`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const route = `${request.method} ${request.url?.split('?')[0]}`;
    this.seen.push(`${request.method} ${request.url}`);
    const handler = this.#handlers.get(route);
    if (handler) handler(Object.assign(request, { text: Buffer.concat(parts).toString('utf8') }), response);
    else response.writeHead(404).end();
  }
}

/** Begins a stream; each write leaves at once. */
export function beginStream(response: ServerResponse): void {
  response.socket?.setNoDelay(true);
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform' });
  response.write('\n');
}

/** Resolves once `state` holds; the spec's own timeout is the limit. */
export async function until(state: () => boolean): Promise<void> {
  while (!state()) await new Promise((resolve) => setTimeout(resolve, 2));
}
