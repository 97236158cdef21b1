import { ExpressAdapter } from '@nestjs/platform-express';
import { type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds that requests get to be answered once nobody new is let in. */
const FINISH_MS = 2_000;
/** Whoever is connected and has not been read yet is heard in this time. */
const HEAR_MS = 100;
const LOOK_MS = 20;

/** Answers the requests that are here before it cuts what is left, streams above all: a proxy would tell its client of a bad gateway. */
export class GentleAdapter extends ExpressAdapter {
  private readonly unanswered = new Set<ServerResponse>();

  override initHttpServer(...options: Parameters<ExpressAdapter['initHttpServer']>): void {
    super.initHttpServer(...options);
    (this.httpServer as Server).on('request', (_, response: ServerResponse) => {
      this.unanswered.add(response);
      response.once('close', () => this.unanswered.delete(response));
    });
  }

  override async close(): Promise<void> {
    const server = this.httpServer as Server | undefined;
    if (server?.listening) {
      // Who comes now finds nobody, and a proxy asks another replica.
      server.close();
      const begun = performance.now();
      await sleep(HEAR_MS);
      while (this.isAsked && performance.now() - begun < FINISH_MS) await sleep(LOOK_MS);
    }
    await super.close();
  }

  private get isAsked(): boolean {
    return [...this.unanswered].some((response) => !String(response.getHeader('content-type') ?? '').startsWith('text/event-stream'));
  }
}
