import { now } from '../clock.mjs';
import { summarize } from '../statistics.mjs';
import { AnswerReader } from '../stream-reader.mjs';
import { throughTarget } from '../targets.mjs';

/** Many answers at once through the stack's proxy: events with text a second, gaps between them, and what is lost or doubled. */
export async function measureReplicas(url, headers, { streams, deltas, name }) {
  const target = throughTarget(url);
  const requestFor = (prompt) => ({ ...target.requestFor(prompt), headers });
  const began = now();
  const readers = Array.from(
    { length: streams },
    (_, index) => new AnswerReader({ ...target, requestFor }, { id: `${name}${index}`, deltas }),
  );
  await Promise.all(readers.map(({ ended }) => ended));
  const seconds = (now() - began) / 1_000;
  const gaps = readers.flatMap(({ marks }) => marks.slice(1).map(({ at }, index) => at - marks[index].at));
  const faults = readers.map((reader) => reader.faults());
  return {
    framesPerSecond: readers.reduce((sum, { marks }) => sum + marks.length, 0) / seconds,
    piecesPerSecond: (streams * deltas) / seconds,
    gap: summarize(gaps),
    lost: faults.reduce((sum, { lost }) => sum + lost, 0),
    doubled: faults.reduce((sum, { doubled }) => sum + doubled, 0),
  };
}
