import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { type Socket } from 'node:net';
import { type ApiDescription } from './api-description';
import { type Exchange } from './exchange';
import { WatchedConnection } from './watched-connection';

/** Node tells of every socket that this process opens, whoever opens it: `fetch`, `node:http`, a test that writes bytes of its own. */
const OPENED = 'net.client.socket';
/** What is described; the page, and the description itself, are not. No path at all: a request that was no HTTP. */
const DESCRIBED = /^(\/api(?!\/docs|\/openapi\.json|\/metrics)([/?].*)?)?$/;

/** Watches every connection of this process, and holds each answer of the API and each event in it against the description. */
export class ApiWitness {
  private connections: WatchedConnection[] = [];

  private constructor(private readonly description: () => ApiDescription) {
    subscribe(OPENED, this.watch);
  }

  /** `description` is asked for as soon as there is something to check. */
  static start(description: () => ApiDescription): ApiWitness {
    return new ApiWitness(description);
  }

  /** Throws when an answer that came since the last time, or an event, was not as described. Returns the exchanges that it checked. */
  check(): Exchange[] {
    const watched = this.connections;
    this.connections = watched.filter(({ isOver }) => !isOver);
    const exchanges = watched.flatMap((connection) => connection.take()).filter(({ path }) => DESCRIBED.test(path));
    const faults = exchanges.flatMap((exchange) => this.faultOf(exchange));
    if (faults.length > 0) throw new Error(faults.join('\n'));
    return exchanges;
  }

  /** Watches no new connections. */
  stop(): void {
    unsubscribe(OPENED, this.watch);
  }

  private readonly watch = (message: unknown): void => {
    this.connections.push(new WatchedConnection((message as { socket: Socket }).socket));
  };

  private faultOf(exchange: Exchange): string[] {
    try {
      this.description().check(exchange);
      return [];
    } catch (error) {
      // All of them are told of at once, by `check`.
      return [(error as Error).message];
    }
  }
}
