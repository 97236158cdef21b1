import { setTimeout as sleep } from 'node:timers/promises';
import { readRss } from './processes.mjs';
import { beginWave } from './wave.mjs';

/** What garbage collection and the allocator need to come to rest. */
const SETTLE_MS = 1_500;

/** Resident memory of the application's process, in bytes: with no open stream, and with streams that have shown one piece and now are silent. */
export async function measureMemory({ through, provider, faults, app }, { steps: levels }) {
  await sleep(SETTLE_MS);
  const empty = readRss(app.pid);
  if (empty === undefined) return undefined;
  const readers = [];
  const steps = [];
  for (const streams of levels) {
    readers.push(...(await beginWave(through, { streams: streams - readers.length, deltas: 4, hold: true })));
    await sleep(SETTLE_MS);
    const rss = readRss(app.pid);
    steps.push({ streams, rss, perStream: (rss - empty) / streams });
  }
  await provider.release();
  await Promise.all(readers.map((reader) => reader.ended));
  await provider.takeSentTimes();
  faults.add(readers);
  return { empty, steps };
}
