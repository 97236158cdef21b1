import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { FaultyPipe, type Tap } from './faulty-pipe';
import { SeededRandom } from './seeded-random';
import { noToxics, type Toxics } from './toxics';

/** A connection through the proxy, for those who decide about it. */
export interface ProxiedConnection {
  /** Resets both ends (RST). */
  reset(): void;
}

/** Looks at one connection's bytes. */
export interface ConnectionTap {
  readonly up: Tap;
  readonly down: Tap;
}

export interface FaultProxyOptions {
  /** The port on 127.0.0.1 that it stands before. */
  readonly port: number;
  readonly random?: SeededRandom;
  /** Called for each connection. */
  readonly tap?: (connection: ProxiedConnection) => ConnectionTap;
}

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
}

/** A bad line between a client and a server on this machine: late, slow, cut, silent, refused, all of it switched while it runs. */
export class FaultProxy {
  /** Client to server. */
  readonly up: Toxics = noToxics();
  /** Server to client. */
  readonly down: Toxics = noToxics();
  /** Connections that came so far. */
  accepted = 0;
  private readonly pairs = new Set<Pair>();
  private server: Server | undefined;
  private ownPort = 0;

  private constructor(
    private readonly options: FaultProxyOptions,
    private readonly random: SeededRandom,
  ) {}

  /** Listens on a free port of the loopback interface. */
  static async start(options: FaultProxyOptions): Promise<FaultProxy> {
    const proxy = new FaultProxy(options, options.random ?? new SeededRandom(1));
    await proxy.resume();
    return proxy;
  }

  get port(): number {
    return this.ownPort;
  }

  /** Connections that are open now. */
  get open(): number {
    return this.pairs.size;
  }

  /** The same URL, through the proxy. */
  through(url: string): string {
    const { href } = Object.assign(new URL(url), { hostname: '127.0.0.1', port: String(this.ownPort) });
    return url.endsWith('/') ? href : href.replace(/\/$/, '');
  }

  /** Resets every connection (RST). New ones are let in. */
  reset(): void {
    for (const pair of this.pairs) end(pair, 'reset');
  }

  /** Ends every connection (FIN) without another byte. New ones are let in. */
  cut(): void {
    for (const pair of this.pairs) end(pair, 'cut');
  }

  /** Lets nobody in: new connections are refused. Open ones stay. */
  refuse(): void {
    this.server?.close();
    this.server = undefined;
  }

  /** Refuses, and resets what is open: the server is away. */
  away(): void {
    this.refuse();
    this.reset();
  }

  /** Lets clients in again, at the same port. */
  async resume(): Promise<void> {
    if (this.server) return;
    const server = createServer({ noDelay: true, allowHalfOpen: true }, (client) => this.carry(client));
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(this.ownPort, '127.0.0.1', resolve));
    this.ownPort = (server.address() as AddressInfo).port;
    this.server = server;
  }

  /** Takes every toxic away. */
  heal(): void {
    Object.assign(this.up, noToxics());
    Object.assign(this.down, noToxics());
  }

  private carry(client: Socket): void {
    this.accepted++;
    const server = connect({ port: this.options.port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
    const pair = { client, server };
    this.pairs.add(pair);
    const stop = (how: 'reset' | 'cut') => end(pair, how);
    const tap = this.options.tap?.({ reset: () => stop('reset') });
    for (const socket of [client, server]) {
      socket.on('error', () => stop('reset'));
      socket.on('close', () => client.destroyed && server.destroyed && this.pairs.delete(pair));
    }
    new FaultyPipe(client, server, this.up, this.random, tap?.up ?? same, stop);
    new FaultyPipe(server, client, this.down, this.random, tap?.down ?? same, stop);
  }
}

function end({ client, server }: Pair, how: 'reset' | 'cut'): void {
  for (const socket of [client, server]) {
    if (socket.destroyed) continue;
    if (how === 'cut') socket.destroySoon();
    // A socket that has said its last word, or is not open yet, cannot be reset; where it could not, Node would never end.
    else if (socket.writableEnded || socket.connecting) socket.destroy();
    else socket.resetAndDestroy();
  }
}

function same(bytes: Buffer): Buffer {
  return bytes;
}
