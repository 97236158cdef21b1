import { Refusal, Turnstile, TurnstileFullError } from '@echo/api-security';

const MAX_WAITING = 20;
const RETRY_SECONDS = 5;

/** One after the other for each key, side by side for different ones. */
export class Lanes {
  private readonly lanes = new Map<string, { readonly turnstile: Turnstile; users: number }>();

  /** Does the work when those before it on the same lane are done. Throws `Refusal` when too many wait there. */
  async pass<T>(key: string, work: () => Promise<T>): Promise<T> {
    const lane = this.lanes.get(key) ?? { turnstile: new Turnstile(1, MAX_WAITING), users: 0 };
    this.lanes.set(key, lane);
    lane.users++;
    try {
      return await lane.turnstile.pass(work);
    } catch (error) {
      if (!(error instanceof TurnstileFullError)) throw error;
      throw new Refusal('overloaded', 'Too many sign-ins for this account at once. Try again in a few seconds.', {}, RETRY_SECONDS);
    } finally {
      if (--lane.users === 0) this.lanes.delete(key);
    }
  }

  /** Lanes that somebody is on. */
  get size(): number {
    return this.lanes.size;
  }
}
