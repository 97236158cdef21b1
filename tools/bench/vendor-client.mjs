// One measurement of the readers of one wire, in a process of its own: `vendor-client.mjs <what> <wire> <url of the vendor> <reader>`. Tells its outcome to
// whoever started it.
import { setTimeout as sleep } from 'node:timers/promises';
import { now } from './clock.mjs';
import { readRss } from './processes.mjs';
import { ours, theirs } from './vendor-readers.mjs';

const ROUNDS = 6;
const STREAMS = 100;
const STREAMING_MS = 3_000;
const ABORTS = 200;

const [what, wire, url, reader] = process.argv.slice(2);
const read = reader === 'theirs' ? theirs[wire] : (base, signal) => ours(wire, base, signal);
process.send(await { cpu, memory, aborts }[what]());
process.exit(0);

/** Microseconds of CPU for each piece: both read the same in turn, and the best round of each counts. The first one warms up. */
async function cpu() {
  const rounds = { ours: [], theirs: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of round % 2 === 0 ? ['ours', 'theirs'] : ['theirs', 'ours']) {
      global.gc?.();
      const before = process.cpuUsage();
      let pieces = 0;
      for await (const text of name === 'ours' ? ours(wire, `${url}/fast`) : theirs[wire](`${url}/fast`)) pieces += text.length / 10;
      const { user, system } = process.cpuUsage(before);
      if (round > 0) rounds[name].push((user + system) / pieces);
    }
  }
  return { ours: Math.min(...rounds.ours), theirs: Math.min(...rounds.theirs) };
}

/** Bytes of resident memory that a hundred open streams add. */
async function memory() {
  for await (const text of read(`${url}/fast`)) void text;
  global.gc?.();
  const before = readRss(process.pid);
  for (let index = 0; index < STREAMS; index++) void drain(read(`${url}/slow`, new AbortController().signal));
  await sleep(STREAMING_MS);
  return readRss(process.pid) - before;
}

async function drain(stream) {
  for await (const text of stream) void text;
}

/** Milliseconds of the machine's clock at which each stream was aborted, one after the other. */
async function aborts() {
  const times = [];
  for (let index = 0; index < ABORTS; index++) {
    const abort = new AbortController();
    try {
      for await (const text of read(`${url}/slow`, abort.signal)) {
        void text;
        // What is read already may still come.
        if (abort.signal.aborted) continue;
        times.push(now());
        abort.abort();
      }
    } catch (error) {
      if (error.kind !== 'aborted') throw error;
    }
  }
  // The vendor must hear of the last one, too.
  await sleep(200);
  return times;
}
