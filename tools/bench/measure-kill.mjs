import { now } from './clock.mjs';
import { AnswerReader } from './stream-reader.mjs';
import { resumeTarget, throughTarget } from './targets.mjs';
import { beginWave } from './wave.mjs';

/** An answer that would go on for minutes. */
const DELTAS = 10_000;

/**
 * `kill -9` of the replica that makes an answer: milliseconds until somebody who watches at the other one is told that it has ended, and whether all that
 * the killed one had shown is there too. `start` starts the one to be killed.
 */
export async function measureKill({ app, provider }, start, rounds) {
  const results = [];
  for (let round = 0; round < rounds; round++) {
    const doomed = await start();
    const [reader] = await beginWave(throughTarget(doomed.url), { streams: 1, deltas: DELTAS });
    const watcher = new AnswerReader(resumeTarget(app.url, reader.runId, 1), reader.order);
    await watcher.begun;
    const killedAt = now();
    await doomed.kill();
    await Promise.all([reader.ended, watcher.ended]);
    results.push({ ms: watcher.endedAt - killedAt, isKept: watcher.text.startsWith(reader.text) });
  }
  await provider.takeSentTimes();
  return results;
}
