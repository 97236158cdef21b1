import { setTimeout as sleep } from 'node:timers/promises';
import { now } from './clock.mjs';
import { fetchJson, makeAgent } from './http-client.mjs';

const EVERY_MS = 20;

/** Asks the server for a small answer, again and again, one at a time, until `stop()`, which resolves to how many milliseconds each took. */
export function startBystander(target) {
  const agent = makeAgent();
  const times = [];
  let isStopped = false;
  const asking = (async () => {
    while (!isStopped) {
      const startedAt = now();
      await fetchJson(target.liveUrl, { agent });
      times.push(now() - startedAt);
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
      return times;
    },
  };
}
