import { setTimeout as sleep } from 'node:timers/promises';
import { now } from './clock.mjs';
import { fetchJson, makeAgent } from './http-client.mjs';

const EVERY_MS = 20;

/** Asks the server for a small answer, again and again, one at a time, until `stop()`, which resolves to when each was asked and how many milliseconds it took. */
export function startBystander(target) {
  const agent = makeAgent();
  const asked = [];
  let isStopped = false;
  const asking = (async () => {
    while (!isStopped) {
      const startedAt = now();
      await fetchJson(target.liveUrl, { agent });
      asked.push({ at: startedAt, ms: now() - startedAt });
      await sleep(EVERY_MS);
    }
    agent.destroy();
  })();
  // A failure is reported by `stop`.
  asking.catch(() => undefined);
  return {
    stop: async () => {
      isStopped = true;
      await asking;
      return asked;
    },
  };
}
