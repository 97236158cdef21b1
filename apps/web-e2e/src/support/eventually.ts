import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds between two looks. */
const BETWEEN = 20;

/** Looks until `look` throws no more, and returns what it saw; throws its last error after `within` milliseconds. */
export async function eventually<T>(look: () => T | Promise<T>, within = 5_000): Promise<T> {
  const end = performance.now() + within;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (performance.now() > end) throw error;
    }
    await delay(BETWEEN);
  }
}
