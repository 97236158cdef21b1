import { setTimeout as sleep } from 'node:timers/promises';
import { now } from './clock.mjs';
import { runSteadyWave, runWave } from './wave.mjs';

/** What the application does an hour after an answer ended, for all that have. */
const DELETE_EVENTS = 'delete from run_event where run_id in (select id from run where finished_at is not null)';
const WARM_DELTAS = 16;

/**
 * Bytes of write-ahead log for one piece of an answer: for its events while it streams, for accepting and ending the answer, and for deleting its
 * events again, vacuum included. What PostgreSQL and the application write when nobody asks anything is measured before and subtracted.
 */
export async function measureWal(bench, { streams, steadyMs, idleMs }) {
  const { database, through, faults, provider } = bench;
  await forgetEvents(database);
  await database.settle();
  const readQuiet = walMeter(database, 0);
  const start = await readQuiet();
  await sleep(idleMs);
  const quiet = await readQuiet();
  const idlePerMs = bytesBetween(start, quiet) / (quiet.at - start.at);

  // After a checkpoint, whoever is the first to change a page writes the whole of it. These are to be the first.
  faults.add(await runWave(through, { streams, deltas: WARM_DELTAS }));
  await forgetEvents(database);
  const read = walMeter(database, idlePerMs);
  const asked = await read();
  const { readers, deltas, before, after, chunks } = await runSteadyWave(bench, through, { streams, steadyMs }, read);
  const ended = await read();
  faults.add(readers);
  await provider.takeSentTimes();
  const kept = await read();
  await forgetEvents(database);
  const deleted = await read();
  return {
    ...splitWal({
      streams,
      deltas,
      streaming: bytesBetween(before, after) / chunks,
      answers: bytesBetween(asked, ended),
      deletion: bytesBetween(kept, deleted),
    }),
    chunksPerEvent: (streams * deltas) / readers.reduce((sum, { marks }) => sum + marks.length, 0),
    idlePerSecond: idlePerMs * 1_000,
    /** Whole pages that PostgreSQL writes when one is changed for the first time after a checkpoint, 8 KiB at most each; they are in the figures. */
    wholePages: deleted.pages - asked.pages,
  };
}

/** Bytes for each piece, from the bytes of all `answers` and of the `deletion` of their events. */
export function splitWal({ streams, deltas, streaming, answers, deletion }) {
  const chunks = streams * deltas;
  return {
    streams,
    deltas,
    streaming,
    deletion: deletion / chunks,
    perChunk: (answers + deletion) / chunks,
    /** Accepting and ending one answer: what is left of it when its events are taken away. */
    perAnswer: (answers - streaming * chunks) / streams,
  };
}

async function forgetEvents({ query }) {
  await query(DELETE_EVENTS);
  await query('vacuum run_event');
}

/** Reads the log's length, without what would have been written anyway. */
function walMeter({ walPosition }, idlePerMs) {
  const from = now();
  return async () => {
    const at = now();
    const { bytes, pages } = await walPosition();
    return { at, pages, bytes: bytes - idlePerMs * (at - from) };
  };
}

function bytesBetween(before, after) {
  return after.bytes - before.bytes;
}
