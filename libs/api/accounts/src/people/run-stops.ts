import { RunStore } from '@echo/api-persistence';
import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds that answers have to end: a replica that does not answer is declared dead in less. */
const END_MS = 15_000;
const LOOK_MS = 50;

/** Stops the answers of somebody who may not have them made any more. */
@Injectable()
export class RunStops {
  constructor(private readonly runs: RunStore) {}

  /** Asks every replica. Returns how many answers were live. */
  async ask(userId: string): Promise<number> {
    return this.runs.requestStopAll(userId);
  }

  /** Asks, and waits until the last one has ended. */
  async wait(userId: string): Promise<void> {
    let live = await this.ask(userId);
    for (const end = performance.now() + END_MS; live > 0 && performance.now() < end; live = await this.runs.countLive(userId)) {
      await sleep(LOOK_MS);
    }
  }
}
