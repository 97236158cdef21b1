import { now } from './clock.mjs';
import { compare, summarize } from './statistics.mjs';
import { runWave } from './wave.mjs';

/** Short, and still longer than the window of the group commit, so that each answer meets a server at rest. */
const ORDER = { streams: 1, deltas: 4, minMs: 10, maxMs: 12 };

/** The least that a commit can be: one row, on a connection of its own. */
const COMMIT = 'insert into bench_commit default values';

/**
 * Milliseconds from the request to the first text, one answer at a time, direct and through the application in turn; and beside each of a commit of one
 * row alone, of which two lie in the way: of the question, and of the first text.
 */
export async function measureFirstChunk({ direct, through, provider, database, faults }, { samples }) {
  const times = { direct: [], through: [] };
  const commits = [];
  await database.query('create table bench_commit (id bigserial)');
  for (let sample = 0; sample < samples; sample++) {
    for (const target of [direct, through]) {
      const readers = await runWave(target, ORDER);
      faults.add(readers);
      if (readers[0].firstMs !== undefined) times[target.kind].push(readers[0].firstMs);
    }
    const since = now();
    await database.query(COMMIT);
    commits.push(now() - since);
  }
  await database.query('drop table bench_commit');
  await provider.takeSentTimes();
  return { ...compare(times.direct, times.through), commit: summarize(commits) };
}
