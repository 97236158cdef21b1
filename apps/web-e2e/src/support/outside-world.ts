import { join } from '@echo/testing';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Services of its maker that Chromium itself calls at its start and at every text field, whatever page is open. Pages are held against their own requests, too. */
const CHROMIUMS_OWN = /^[\w.-]+\.(google|googleapis|gstatic|gvt1)\.com:/;
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[?::1\]?)$/;

/** SOCKS version 5 (RFC 1928), as far as a browser needs it. */
const GREETED = Buffer.from([5, 0]);
const CONNECTED = 0;
const NOT_ALLOWED = 2;
const REFUSED = 5;
const reply = (code: number) => Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]);

/**
 * Stands between the browser and everything else, as its proxy. What is on this machine it connects, byte for byte: so this process, and the witness in it, sees what
 * the page sees, and the page does not notice. The rest of the world it keeps out.
 */
export class OutsideWorld {
  /** What a page wanted of the rest of the world: `host:port`. */
  readonly wanted: string[] = [];
  private readonly clients = new Set<Socket>();

  private constructor(private readonly server: Server) {
    server.on('connection', (client: Socket) => {
      this.clients.add(client.on('close', () => this.clients.delete(client)).on('error', () => client.destroy()));
      void this.serve(client);
    });
  }

  static async start(): Promise<OutsideWorld> {
    const server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new OutsideWorld(server);
  }

  /** For Chromium's `--proxy-server`. */
  get url(): string {
    return `socks5://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const client of this.clients) client.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(client: Socket): Promise<void> {
    await bytesOf(client);
    client.write(GREETED);
    const address = addressIn(await bytesOf(client));
    if (!address) return;
    const { host, port } = address;
    if (!LOOPBACK.test(host)) {
      if (!CHROMIUMS_OWN.test(`${host}:${port}`)) this.wanted.push(`${host}:${port}`);
      return void client.end(reply(NOT_ALLOWED));
    }
    const target = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    target.once('error', () => client.end(reply(REFUSED)));
    target.once('connect', () => {
      target.removeAllListeners('error');
      client.write(reply(CONNECTED));
      join(client, target);
    });
  }
}

/** The next bytes; empty when there are none any more. Both messages of a client are so short that they come at once. */
function bytesOf(client: Socket): Promise<Buffer> {
  return new Promise((resolve) => {
    client.once('data', resolve).once('close', () => resolve(Buffer.alloc(0)));
  });
}

/** Browsers ask by name, also where the name is an address. */
function addressIn(request: Buffer): { host: string; port: number } | undefined {
  const length = request[4];
  if (length === undefined) return undefined;
  return { host: request.toString('latin1', 5, 5 + length), port: request.readUInt16BE(5 + length) };
}
