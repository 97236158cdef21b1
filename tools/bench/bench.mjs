// `npm run bench`: measures the built application against calling the provider directly and against a relay that stores nothing, in the same run.
// Prints a table and writes artifacts/bench.json. `npm run bench -- --quick` does everything once, in about a minute;
// `npm run bench -- --containers` measures the image and its stacks instead.
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { buildIfNeeded } from '../build.mjs';
import { judge } from './aims.mjs';
import { startChild } from './child-server.mjs';
import { now } from './clock.mjs';
import { startDatabase } from './database.mjs';
import { endAll, endOnSignals, tell } from './endings.mjs';
import { measureAccess } from './measure-access.mjs';
import { measureBundle } from './measure-bundle.mjs';
import { measureCpu } from './measure-cpu.mjs';
import { measureExchanges } from './measure-exchanges.mjs';
import { measureFirstChunk } from './measure-first-chunk.mjs';
import { measureKill } from './measure-kill.mjs';
import { measureMemory } from './measure-memory.mjs';
import { measureResume } from './measure-resume.mjs';
import { measureStart } from './measure-start.mjs';
import { measureStreams } from './measure-streams.mjs';
import { measureWal } from './measure-wal.mjs';
import { measureWires } from './measure-wires.mjs';
import { startProvider } from './provider-process.mjs';
import { formatReport } from './report.mjs';
import { ServerProcess } from './server-process.mjs';
import { environmentFor, MAIN, makeDataFolder, readPlan, ROOT, WITH_ACCOUNTS } from './settings.mjs';
import { directTarget, relayTarget, throughTarget } from './targets.mjs';
import { FaultTally, runWave } from './wave.mjs';

if (process.argv.includes('--containers')) {
  const { benchContainers } = await import('./containers/bench-containers.mjs');
  await benchContainers();
  process.exit();
}
const plan = readPlan();
const problem = await buildIfNeeded(ROOT);
if (problem) {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
endOnSignals();
const startedAt = now();
try {
  report(await measure());
} catch (error) {
  tell(error);
} finally {
  await endAll();
}

async function measure() {
  const machine = { cores: availableParallelism(), node: process.version, loadBefore: loadavg()[0] };
  const folder = makeDataFolder();
  const provider = await startProvider();
  // Before anything else runs that would take a part of the cores.
  const wires = await during('readers of each wire', () => measureWires(plan.wires));
  say('starts');
  const start = await measureStart(environmentFor(folder, provider.url), plan.warmStarts);
  const database = await startDatabase(folder);
  const startReplica = () =>
    ServerProcess.start([process.execPath, MAIN], { cwd: folder, env: environmentFor(folder, provider.url, database.url) });
  const startWithAccounts = async () => {
    const { url, query } = await database.another('bench_accounts');
    const env = { ...environmentFor(folder, provider.url, url), ...WITH_ACCOUNTS };
    return Object.assign(await ServerProcess.start([process.execPath, MAIN], { cwd: folder, env }), { query });
  };
  const bench = await prepare(provider, database, await startReplica());
  const busy = plan.levels.filter((level) => level > 1);
  return {
    at: new Date().toISOString(),
    isQuick: plan.isQuick,
    machine,
    start,
    bundle: measureBundle(),
    wires,
    ...(await measureAlone(bench)),
    cpu: await during('CPU time', () => measureCpu(bench, busy, plan.cpu)),
    access: await during('access', () => measureAccess(bench, startWithAccounts, plan.access)),
    ...(await measureTogether(bench, startReplica)),
    faults: bench.faults,
  };
}

/** Everything is up and has been busy once. */
async function prepare(provider, database, app) {
  const relay = await startChild('relay.mjs', [provider.url]);
  const targets = [directTarget(provider.url), relayTarget(relay.url), throughTarget(app.url)];
  const bench = { app, relay, provider, database, targets, direct: targets[0], through: targets[2], faults: new FaultTally() };
  say('warm-up');
  for (const target of targets) await runWave(target, { streams: plan.levels[1] ?? 1, deltas: 64 });
  await provider.takeSentTimes();
  return bench;
}

async function measureAlone(bench) {
  const memory = await during('memory', () => measureMemory(bench, plan.memory));
  // Before the great load: its checkpoints would make these write whole pages.
  const wal = await during('write-ahead log', () => measureWal(bench, plan.wal));
  const exchanges = await during('short and long chats', () => measureExchanges(bench, plan.exchanges));
  const firstChunk = await during('first chunk', () => measureFirstChunk(bench, plan.firstChunk));
  const { steadyMs, alone, together } = plan.streams;
  const streams = [];
  for (const level of plan.levels) {
    const order = { streams: level, rounds: level === 1 ? alone : together, steadyMs };
    streams.push(await during(`streams: ${level}`, () => measureStreams(bench, order)));
  }
  return { memory, wal, exchanges, firstChunk, streams };
}

/** With a second replica: an idle one would show in all other figures. */
async function measureTogether(bench, startReplica) {
  const other = await startReplica();
  const resume = await during('resume', () => measureResume(bench, other, plan.resume));
  await other.stop();
  return { resume, kill: await during('kill -9', () => measureKill(bench, startReplica, plan.kill.rounds)) };
}

function report(measured) {
  const results = { ...measured, tookSeconds: (now() - startedAt) / 1_000, aims: judge(measured) };
  mkdirSync(join(ROOT, 'artifacts'), { recursive: true });
  writeFileSync(join(ROOT, 'artifacts/bench.json'), `${JSON.stringify(results, undefined, 2)}\n`);
  const { cores, node, loadBefore } = results.machine;
  const quick = results.isQuick ? ' This was a quick run: its figures are too few to be believed.' : '';
  process.stdout.write(
    `\nNode.js ${node}, ${cores} cores, load ${loadBefore.toFixed(2)} before we began, ${results.tookSeconds.toFixed(0)} s.${quick}\n\n${formatReport(results)}`,
  );
  // The one thing that no noise explains.
  if (!results.faults.isClean) process.exitCode = 1;
}

function during(phase, work) {
  say(phase);
  return work();
}

function say(phase) {
  process.stderr.write(`measuring ${phase} …\n`);
}
