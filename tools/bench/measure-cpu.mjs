import { setTimeout as sleep } from 'node:timers/promises';
import { now } from './clock.mjs';
import { cpuBetween, readCpu } from './processes.mjs';
import { beginWave, runWave } from './wave.mjs';

const DELTAS = 64;
const IDLE_MS = 2_000;
const STEADY_MS = 4_000;
/** Enough pieces for the steady time, whatever the pace. */
const STEADY_DELTAS = 240;

/**
 * CPU time of the application's process and of PostgreSQL beside it, in microseconds: per piece in whole answers of 64 (accepting and ending
 * included), per piece while everything streams and nothing begins or ends, and per second with nothing to do.
 */
export async function measureCpu({ through, provider, faults, app }, streams, rounds) {
  const before = readCpu(app.pid);
  if (!before) return undefined;
  await sleep(IDLE_MS);
  const idle = cpuBetween(before, readCpu(app.pid));
  return {
    streams,
    idlePerSecond: share(idle, IDLE_MS / 1_000),
    whole: await measureWhole({ through, provider, faults, app }, streams, rounds),
    steady: await measureSteady({ through, provider, faults, app }, streams),
  };
}

async function measureWhole({ through, provider, faults, app }, streams, rounds) {
  const before = readCpu(app.pid);
  for (let round = 0; round < rounds; round++) faults.add(await runWave(through, { streams, deltas: DELTAS }));
  const cpu = cpuBetween(before, readCpu(app.pid));
  await provider.takeSentTimes();
  return share(cpu, rounds * streams * DELTAS);
}

async function measureSteady({ through, provider, faults, app }, streams) {
  const readers = await beginWave(through, { streams, deltas: STEADY_DELTAS });
  const before = readCpu(app.pid);
  const from = now();
  await sleep(STEADY_MS);
  const cpu = cpuBetween(before, readCpu(app.pid));
  const to = now();
  await Promise.all(readers.map((reader) => reader.ended));
  faults.add(readers);
  const sent = Object.values(await provider.takeSentTimes()).flat();
  const chunks = sent.filter((at) => at >= from && at < to).length;
  return { ...share(cpu, chunks), chunksPerSecond: chunks / ((to - from) / 1_000), coreShare: cpu.api / 1_000 / (to - from) };
}

function share(cpu, count) {
  return { api: cpu.api / count, postgres: cpu.postgres / count };
}
