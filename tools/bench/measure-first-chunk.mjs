import { compare } from './statistics.mjs';
import { runWave } from './wave.mjs';

/** Short, and still longer than the window of the group commit, so that each answer meets a server at rest. */
const ORDER = { streams: 1, deltas: 4, minMs: 10, maxMs: 12 };

/** Milliseconds from the request to the first text, one answer at a time, direct and through the application in turn. */
export async function measureFirstChunk({ direct, through, provider, faults }, { samples }) {
  const times = { direct: [], through: [] };
  for (let sample = 0; sample < samples; sample++) {
    for (const target of [direct, through]) {
      const readers = await runWave(target, ORDER);
      faults.add(readers);
      if (readers[0].firstMs !== undefined) times[target.kind].push(readers[0].firstMs);
    }
  }
  await provider.takeSentTimes();
  return compare(times.direct, times.through);
}
