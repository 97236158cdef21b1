import { setTimeout as sleep } from 'node:timers/promises';
import { AnswerReader } from './stream-reader.mjs';
import { summarize } from './statistics.mjs';
import { resumeTarget } from './targets.mjs';
import { beginWave } from './wave.mjs';

/** The start was seen, no text was. */
const SEEN = 1;
/** Milliseconds between two who come back: not a multiple of any window. */
const PAUSE_MS = 13;
/** A piece every 25 ms, for as long as people come back to it. */
const deltasFor = (samples) => 40 + samples * 3;

/**
 * Milliseconds from `GET /runs/:id/events` with `Last-Event-ID` to the first text that is told again, while the run goes on: at the replica that makes
 * it and at another one. The last ones at each read on to the end, which shows that nothing is missing.
 */
export async function measureResume({ app, through, faults, provider }, other, { samples }) {
  const readers = await beginWave(through, { streams: 1, deltas: deltasFor(samples) });
  const [{ runId, order }] = readers;
  const places = [app, other].map(({ url }) => ({ target: resumeTarget(url, runId, SEEN), times: [] }));
  for (let sample = 0; sample < samples && !readers[0].endedAt; sample++) {
    for (const { target, times } of places) {
      const reader = new AnswerReader(target, order);
      await reader.begun;
      reader.leave();
      // A reader whose connection broke has seen nothing: the faults below will tell.
      if (reader.firstMs !== undefined) times.push(reader.firstMs);
    }
    await sleep(PAUSE_MS);
  }
  readers.push(...places.map(({ target }) => new AnswerReader(target, order)));
  await Promise.all(readers.map((reader) => reader.ended));
  faults.add(readers);
  await provider.takeSentTimes();
  const [same, another] = places.map(({ times }) => summarize(times));
  return { same, other: another };
}
