import { setImmediate as turn } from 'node:timers/promises';
import { sleep } from '../stream/sleep';

/** Unpaced pieces between two turns of the event loop, so that others are served and a stop is heard. */
const PIECES_PER_TURN = 64;

/** Random numbers from 0 to 1 that are the same for the same seed. */
export function seededRandom(seed: string): () => number {
  let state = 0x9e3779b9;
  for (let index = 0; index < seed.length; index++) state = Math.imul(state ^ seed.charCodeAt(index), 0x01000193) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 0x1_0000_0000;
  };
}

/** Says when the next piece is due: uneven like a model's, `perSecond` on average; 0: at once. */
export class Pace {
  #due = performance.now();
  #pieces = 0;

  constructor(
    private readonly perSecond: number,
    private readonly random: () => number,
  ) {}

  /** Rejects when `signal` aborts. */
  async next(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.#pieces++;
    if (this.perSecond <= 0) {
      if (this.#pieces % PIECES_PER_TURN === 0) await turn(undefined, { signal });
      return;
    }
    // By the clock and not by the last piece, so that late timers do not add up; but what a slow reader missed is not made up for.
    const now = performance.now();
    this.#due = Math.max(this.#due, now - 100) + ((0.5 + this.random()) * 1000) / this.perSecond;
    if (this.#due > now) await sleep(this.#due - now, signal);
    else if (this.#pieces % PIECES_PER_TURN === 0) await turn(undefined, { signal });
  }
}
