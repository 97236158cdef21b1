const PAUSE_MS = 15 * 60_000;
const MAX_REMEMBERED = 10_000;

/** Lets what one and the same person repeats without end be told once in a while: nobody fills the audit log by being refused. */
export class SeldomTold {
  private readonly until = new Map<string, number>();

  /** Whether it is time to tell of `key` again; then not for a quarter of an hour. */
  isTime(key: string, now = performance.now()): boolean {
    if ((this.until.get(key) ?? -Infinity) > now) return false;
    this.until.delete(key);
    this.until.set(key, now + PAUSE_MS);
    const oldest = this.until.keys().next();
    if (this.until.size > MAX_REMEMBERED && !oldest.done) this.until.delete(oldest.value);
    return true;
  }
}
