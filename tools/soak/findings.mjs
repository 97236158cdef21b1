// What came of a soak, judged.
import { floorsOf, growsBeyond, trendOf } from './trend.mjs';

const FLOORS = 20;
/** What may be more: resident memory in MiB an hour, things that the event loop waits for, rows of events for each stream at the end. */
const LIMITS = { memory: 1, handles: 10, eventsPerStream: 3_000 };
/** MiB of the heap, garbage collected and everybody gone, that may be kept: so much by caches that fill once, and so much by each answer. */
const KEPT = { once: 2, perAnswer: 1 / 2048 };
/** In less time a figure of so much in an hour is noise. Resident memory then has to fit into what docs/operations.md gives a replica. */
const ENOUGH = { minutes: 20, residentMib: 512 };
/** What was given back at rest is taken again in the first part of the samples. */
const SETTLING = 1 / 3;

/** Pairs: a finding in words, and whether it is good. `before` and `after` are the application at rest, with the answers that it had made by then. */
export function findings({ minutes, streams, samples, before, after, tally, events, output }) {
  const isLong = minutes >= ENOUGH.minutes;
  const memory = trendOf(
    floorsOf(
      samples.slice(Math.floor(samples.length * SETTLING)).map(({ hours, rss }) => ({ at: hours, value: rss })),
      FLOORS,
    ),
  );
  const slope = `${memory.slope.toFixed(2)} ± ${(2 * memory.error).toFixed(2)} MiB an hour`;
  const resident = Math.max(...samples.map(({ rss }) => rss));
  const answers = after.answers - before.answers;
  const kept = { is: after.heap - before.heap, may: KEPT.once + answers * KEPT.perAnswer };
  const rows = LIMITS.eventsPerStream * streams;
  return [
    [`resident memory at most ${resident.toFixed(0)} MiB (limit ${ENOUGH.residentMib})`, resident <= ENOUGH.residentMib],
    [
      `resident memory more: ${slope} (limit ${LIMITS.memory}${isLong ? '' : `, judged from ${ENOUGH.minutes} minutes on`})`,
      !isLong || !growsBeyond(memory, LIMITS.memory),
    ],
    [`the heap at rest keeps ${kept.is.toFixed(2)} MiB more after ${answers} answers (limit ${kept.may.toFixed(2)})`, kept.is <= kept.may],
    [
      `handles at rest: ${before.handles}, then ${after.handles} (at most ${LIMITS.handles} more)`,
      after.handles <= before.handles + LIMITS.handles,
    ],
    [`run_event ${events} rows (limit ${rows})`, events <= rows],
    [`viewers and live answers when everybody has gone: ${after.busy}`, after.busy === 0],
    [
      `answers: ${tally.done} done, ${tally.stopped} stopped, ${tally.resumed} resumed, ${tally.failed} failed ${tally.lastFailure ?? ''}`,
      tally.failed === 0 && tally.done > 0,
    ],
    ['no warning of too many listeners', !output.includes('MaxListenersExceededWarning')],
  ];
}
