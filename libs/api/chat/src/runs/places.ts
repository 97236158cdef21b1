/** A fixed number of places, and a line before them: first come, first served. */
export class Places {
  private taken = 0;
  private readonly line: (() => void)[] = [];

  constructor(private readonly count: number) {}

  get hasFree(): boolean {
    return this.taken < this.count;
  }

  /** How many wait. */
  get waiting(): number {
    return this.line.length;
  }

  /** Resolves with true once a place is the caller's, with false when `signal` is aborted or `timeoutMs` have passed before. */
  async take(timeoutMs: number, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    if (this.hasFree) {
      this.taken++;
      return true;
    }
    return new Promise((resolve) => {
      const settle = (got: boolean): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', giveUp);
        resolve(got);
      };
      const called = (): void => settle(true);
      const giveUp = (): void => {
        this.line.splice(this.line.indexOf(called), 1);
        settle(false);
      };
      const timer = setTimeout(giveUp, timeoutMs);
      signal.addEventListener('abort', giveUp, { once: true });
      this.line.push(called);
    });
  }

  /** Gives the place to the next in line. */
  free(): void {
    const next = this.line.shift();
    if (next) next();
    else this.taken--;
  }
}
