import { setTimeout as sleep } from 'node:timers/promises';
import { AnswerReader } from './stream-reader.mjs';

/** Milliseconds over which the streams of one wave begin: people do not press Send in the same instant. */
const SPREAD_MS = 500;

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

/** Pieces lost and doubled in all answers that were added. Answers are counted by the way that they came. */
export class FaultTally {
  direct = { answers: 0, chunks: 0, lost: 0, doubled: 0 };
  through = { answers: 0, chunks: 0, lost: 0, doubled: 0 };

  add(readers) {
    for (const reader of readers) {
      const sum = this[reader.target.kind];
      const { lost, doubled } = reader.faults();
      sum.answers++;
      sum.chunks += reader.order.deltas;
      sum.lost += lost;
      sum.doubled += doubled;
    }
  }

  get isClean() {
    return this.direct.lost + this.direct.doubled + this.through.lost + this.through.doubled === 0;
  }
}
