import { setTimeout as sleep } from 'node:timers/promises';
import { PACE } from './answers.mjs';
import { now } from './clock.mjs';
import { AnswerReader } from './stream-reader.mjs';

/** Milliseconds over which the streams of one wave begin: people do not press Send in the same instant. */
const SPREAD_MS = 500;
/** Milliseconds after which answers that went on together are in no step any more, and those that the fastest of them is given beyond the steady time. */
const SETTLE_MS = 300;
const SPARE_MS = 200;

let answers = 0;

/** An id that no other answer of this run has. All are of one length, so that all pieces are. */
export function nextId() {
  return (++answers + 36 ** 4).toString(36);
}

/** Begins `streams` answers, spread over a moment. Resolves when each has shown its first text. */
export async function beginWave(target, { streams, ...order }) {
  const readers = [];
  for (let index = 0; index < streams; index++) {
    readers.push(new AnswerReader(target, { ...order, id: nextId() }));
    if (streams > 1) await sleep(SPREAD_MS / streams);
  }
  await Promise.all(readers.map((reader) => reader.begun));
  return readers;
}

/** Reads a whole wave. Resolves to its answers when all have ended. */
export async function runWave(target, order) {
  const readers = await beginWave(target, order);
  await Promise.all(readers.map((reader) => reader.ended));
  return readers;
}

/**
 * Whole answers with a time in the middle in which all of them stream and none begins or ends: each waits at its first text for all others. `read` is called
 * at both ends of these `steadyMs`. Resolves when all have ended.
 */
export async function runSteadyWave({ provider }, target, { streams, steadyMs }, read = async () => undefined) {
  const deltas = Math.ceil((SETTLE_MS + steadyMs + SPARE_MS) / PACE.minMs);
  const readers = await beginWave(target, { streams, deltas, hold: true });
  await provider.release();
  await sleep(SETTLE_MS);
  const from = now();
  const before = await read();
  await sleep(steadyMs);
  const after = await read();
  const to = now();
  await Promise.all(readers.map((reader) => reader.ended));
  return { readers, deltas, before, after, from, to, chunks: countArrivals(readers, from, to) };
}

/** Pieces that came between two moments. */
function countArrivals(readers, from, to) {
  return readers.reduce((sum, reader) => sum + reader.arrivals().filter((at) => at >= from && at < to).length, 0);
}

/** Pieces lost and doubled in all answers that were added. Answers are counted by the way that they came. */
export class FaultTally {
  direct = { answers: 0, chunks: 0, lost: 0, doubled: 0 };
  relay = { answers: 0, chunks: 0, lost: 0, doubled: 0 };
  through = { answers: 0, chunks: 0, lost: 0, doubled: 0 };

  /** Returns how many pieces of these were lost, doubled. */
  add(readers) {
    const these = { lost: 0, doubled: 0 };
    for (const reader of readers) {
      const sum = this[reader.target.kind];
      const { lost, doubled } = reader.faults();
      sum.answers++;
      sum.chunks += reader.order.deltas;
      sum.lost += lost;
      sum.doubled += doubled;
      these.lost += lost;
      these.doubled += doubled;
    }
    return these;
  }

  get isClean() {
    return [this.direct, this.relay, this.through].every(({ lost, doubled }) => lost + doubled === 0);
  }
}
