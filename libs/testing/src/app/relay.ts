import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Passes bytes on between two sockets as they come, and the end or the cut of either one to the other. Both must allow half-open connections. */
export function join(one: Socket, other: Socket): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.pipe(to);
    from.on('error', () => to.resetAndDestroy()).on('close', () => to.destroySoon());
  }
}

/** An address whose connections lead to `port` of this machine, by way of this process: an `ApiWitness` sees what passes, whichever process it is for. */
export class Relay {
  /** Where connections lead; set it before the first one. */
  port = 0;

  private constructor(private readonly server: Server) {
    server.on('connection', (client: Socket) => join(client, connect({ port: this.port, host: '127.0.0.1', allowHalfOpen: true })));
  }

  static async start(): Promise<Relay> {
    const server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Relay(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Takes no more connections. */
  stop(): void {
    this.server.close();
  }
}
