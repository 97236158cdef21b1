/** Least milliseconds between the starts of two flushes: those of the application's group commit. */
const WINDOW_MS = 25;

/** Calls `flush` at once when it is woken after a rest, and otherwise when the window is over, as the application's group commit does. One for all answers. */
export class GatherWindow {
  #flush;
  #now;
  #lastStart = -Infinity;
  #isScheduled = false;

  constructor(flush, now = () => performance.now()) {
    this.#flush = flush;
    this.#now = now;
  }

  /** Something waits to be flushed. */
  wake() {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    const wait = this.#lastStart + WINDOW_MS - this.#now();
    if (wait > 0) setTimeout(() => this.#begin(), wait);
    else setImmediate(() => this.#begin());
  }

  #begin() {
    this.#isScheduled = false;
    this.#lastStart = this.#now();
    this.#flush();
  }
}
