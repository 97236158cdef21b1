import { setTimeout as sleep } from 'node:timers/promises';
import { now } from './clock.mjs';
import { canReadProcesses, readCpu } from './processes.mjs';
import { beginWave, runWave } from './wave.mjs';

const DELTAS = 64;
const IDLE_MS = 2_000;
const STEADY_MS = 3_000;
const STEADY_ROUNDS = 2;
/** Enough pieces for the steady time, whatever the pace. */
const STEADY_DELTAS = 190;

/**
 * CPU time of the application's process, of PostgreSQL beside it and of the provider, in microseconds: per piece in whole answers of 64
 * (accepting and ending included), per piece while everything streams and nothing begins or ends, and per second with nothing to do. The
 * provider only writes its pieces, on plain `node:http`: its time tells how fast the machine was.
 */
export async function measureCpu(bench, streams, rounds) {
  if (!canReadProcesses) return undefined;
  const meter = startMeter(bench);
  await sleep(IDLE_MS);
  const idlePerSecond = meter.read(IDLE_MS / 1_000);
  const whole = await measureWhole(bench, streams, rounds);
  const steady = [];
  for (let round = 0; round < STEADY_ROUNDS; round++) steady.push(await measureSteady(bench, streams));
  return { streams, idlePerSecond, whole, steady: mean(steady) };
}

async function measureWhole(bench, streams, rounds) {
  const meter = startMeter(bench);
  for (let round = 0; round < rounds; round++) bench.faults.add(await runWave(bench.through, { streams, deltas: DELTAS }));
  const cpu = meter.read(rounds * streams * DELTAS);
  await bench.provider.takeSentTimes();
  return cpu;
}

async function measureSteady(bench, streams) {
  const readers = await beginWave(bench.through, { streams, deltas: STEADY_DELTAS });
  const meter = startMeter(bench);
  const from = now();
  await sleep(STEADY_MS);
  const cpu = meter.read(1);
  const to = now();
  await Promise.all(readers.map((reader) => reader.ended));
  bench.faults.add(readers);
  const sent = Object.values(await bench.provider.takeSentTimes()).flat();
  const chunks = sent.filter((at) => at >= from && at < to).length;
  return {
    api: cpu.api / chunks,
    postgres: cpu.postgres / chunks,
    provider: cpu.provider / chunks,
    chunksPerSecond: chunks / ((to - from) / 1_000),
    coreShare: cpu.api / 1_000 / (to - from),
  };
}

/** `read(count)`: what each was busy since the start, divided by `count`. */
function startMeter({ app, provider }) {
  const readAll = () => ({ ...readCpu(app.pid), provider: readCpu(provider.pid).api });
  const before = readAll();
  return {
    read: (count) => {
      const after = readAll();
      return Object.fromEntries(Object.entries(before).map(([name, time]) => [name, (after[name] - time) / count]));
    },
  };
}

function mean(records) {
  const names = Object.keys(records[0]);
  return Object.fromEntries(names.map((name) => [name, records.reduce((sum, record) => sum + record[name], 0) / records.length]));
}
