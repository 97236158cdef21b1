import { setTimeout as sleep } from 'node:timers/promises';
import { canReadProcesses, readCpu, readPostgresCpu } from './processes.mjs';
import { medians, quantile } from './statistics.mjs';
import { runSteadyWave, runWave } from './wave.mjs';

const IDLE_MS = 2_000;

/**
 * CPU time in microseconds, of the application's process and of PostgreSQL beside it, and of the relay's process under the same load in turn: per
 * piece while everything streams and nothing begins or ends, and per piece of whole answers (accepting and ending included). The provider only
 * writes its pieces, on plain `node:http`: its time tells how fast the machine was.
 */
export async function measureCpu(bench, levels, plan) {
  if (!canReadProcesses) return undefined;
  await bench.database.settle();
  const before = readAll(bench);
  await sleep(IDLE_MS);
  const idlePerSecond = spent(before, readAll(bench), IDLE_MS / 1_000);
  const measured = [];
  for (const streams of levels) measured.push(await measureLevel(bench, streams, plan));
  return { idlePerSecond, deltas: plan.deltas, levels: measured };
}

async function measureLevel(bench, streams, plan) {
  const ways = bench.targets.filter(({ kind }) => kind !== 'direct');
  const steady = { relay: [], through: [] };
  const whole = { relay: [], through: [] };
  for (let round = 0; round < plan.rounds; round++) {
    for (const target of round % 2 === 0 ? ways : ways.toReversed()) {
      whole[target.kind].push(await measureWhole(bench, target, streams, plan));
      steady[target.kind].push(await measureSteady(bench, target, streams, plan));
    }
  }
  return { streams, steady: compareWithRelay(steady), whole: compareWithRelay(whole) };
}

/** The medians of both ways, and how much more the application's process needs than the relay's: the median of what it was in each round. */
export function compareWithRelay(rounds) {
  const ratios = rounds.through.map(({ app }, round) => app / rounds.relay[round].relay);
  return { relay: medians(rounds.relay), through: medians(rounds.through), ratio: quantile(ratios, 0.5), ratios };
}

async function measureWhole(bench, target, streams, { deltas }) {
  const before = readAll(bench);
  const readers = await runWave(target, { streams, deltas });
  const cpu = spent(before, readAll(bench), streams * deltas);
  bench.faults.add(readers);
  await bench.provider.takeSentTimes();
  return cpu;
}

async function measureSteady(bench, target, streams, { steadyMs }) {
  const { readers, before, after, from, to, chunks } = await runSteadyWave(bench, target, { streams, steadyMs }, () => readAll(bench));
  bench.faults.add(readers);
  await bench.provider.takeSentTimes();
  const own = target.kind === 'relay' ? 'relay' : 'app';
  const ms = to - from;
  return {
    ...spent(before, after, chunks),
    chunksPerSecond: chunks / (ms / 1_000),
    coreShare: (after[own] - before[own]) / 1_000 / ms,
  };
}

function readAll({ app, relay, provider }) {
  return {
    app: readCpu(app.pid),
    relay: readCpu(relay.pid),
    postgres: readPostgresCpu(process.pid),
    provider: readCpu(provider.pid),
  };
}

/** What each was busy between two readings, divided by `count`. */
function spent(before, after, count) {
  return Object.fromEntries(Object.entries(before).map(([name, time]) => [name, (after[name] - time) / count]));
}
