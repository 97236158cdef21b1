/** As many wait as may, and one more came. */
export class TurnstileFullError extends Error {}

/** Lets a few pieces of work be done at once, and a few more wait in line. */
export class Turnstile {
  private free: number;
  private readonly waiting: (() => void)[] = [];

  constructor(
    atOnce: number,
    private readonly maxWaiting: number,
  ) {
    this.free = atOnce;
  }

  /** Does the work when its turn has come. Throws `TurnstileFullError` at once when the line is full. */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free--;
    else await this.turn();
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free++;
    }
  }

  private turn(): Promise<void> {
    if (this.waiting.length >= this.maxWaiting) throw new TurnstileFullError('The line is full.');
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}
