import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** What the proxy was asked: `CONNECT host:port` or `GET http://…`, and the credentials that came with it. */
export interface ProxiedCall {
  readonly line: string;
  readonly authorization: string | undefined;
}

/** A proxy as companies have them: tunnels for `https:`, absolute addresses for `http:`. Whatever name it is given, it leads to one port of this machine. */
export class CompanyProxy {
  readonly calls: ProxiedCall[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(
    private readonly port: number,
    /** `name:password`; absent: everybody may pass. */
    private readonly credentials: string | undefined,
  ) {
    this.#server = createServer((message, response) => this.#forward(message, response));
    this.#server.on('connect', (message: IncomingMessage, socket: Socket) => this.#tunnel(message, socket));
    this.#server.on('connection', (socket) => this.#keep(socket));
  }

  /** Listens on a free port of loopback and leads every call to `port`. */
  static async start(port: number, credentials?: string): Promise<CompanyProxy> {
    const proxy = new CompanyProxy(port, credentials);
    await new Promise<void>((resolve, reject) => proxy.#server.once('error', reject).listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  /** Its URL, with what it takes to pass. */
  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://${this.credentials === undefined ? '' : `${this.credentials}@`}127.0.0.1:${port}`;
  }

  /** Connections that are open now, on both sides. */
  get openConnections(): number {
    return this.#sockets.size;
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #tunnel(message: IncomingMessage, socket: Socket): void {
    if (!this.#mayPass(message)) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n');
      return;
    }
    const target = this.#keep(connect(this.port, '127.0.0.1'));
    target.once('connect', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(target).pipe(socket);
    });
    socket.once('close', () => target.destroy());
    target.once('close', () => socket.destroy());
  }

  #forward(message: IncomingMessage, response: ServerResponse): void {
    if (!this.#mayPass(message)) {
      response.writeHead(407, { 'proxy-authenticate': 'Basic' }).end();
      return;
    }
    const { pathname, search } = new URL(message.url ?? '/');
    const { method, headers } = message;
    const onward = request({ port: this.port, host: '127.0.0.1', method, headers, path: pathname + search }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    message.pipe(onward);
  }

  #mayPass({ method, url, headers }: IncomingMessage): boolean {
    const authorization = headers['proxy-authorization'];
    this.calls.push({ line: `${method} ${url}`, authorization });
    return this.credentials === undefined || authorization === `Basic ${Buffer.from(this.credentials).toString('base64')}`;
  }

  #keep(socket: Socket): Socket {
    this.#sockets.add(socket);
    // The other side leaves when it likes: that is what is tested.
    return socket.on('error', () => undefined).on('close', () => this.#sockets.delete(socket));
  }
}
