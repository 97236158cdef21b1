const PAUSE_MS = 15 * 60_000;
const MAX_OF_ONE = 20;
const MAX_REMEMBERED = 5_000;

interface Window {
  readonly until: number;
  readonly told: Set<string>;
}

/** Lets what somebody repeats without end be told once in a while, and only so many things of one: nobody fills the audit log by being refused. */
export class SeldomTold {
  private readonly windows = new Map<string, Window>();

  /** Whether it is time to tell `what` of `whom`; then not again for a quarter of an hour. */
  isTime(whom: string, what: string, now = performance.now()): boolean {
    const { told } = this.window(whom, now);
    if (told.has(what) || told.size >= MAX_OF_ONE) return false;
    told.add(what);
    return true;
  }

  private window(whom: string, now: number): Window {
    const known = this.windows.get(whom);
    if (known && known.until > now) return known;
    const window = { until: now + PAUSE_MS, told: new Set<string>() };
    this.windows.delete(whom);
    this.windows.set(whom, window);
    const oldest = this.windows.keys().next();
    if (this.windows.size > MAX_REMEMBERED && !oldest.done) this.windows.delete(oldest.value);
    return window;
  }
}
