// `npm run bench`: measures the built application against calling the provider directly, in the same run. Prints a table and writes artifacts/bench.json.
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { buildIfNeeded } from '../build.mjs';
import { endAll, endOnSignals, tell } from './endings.mjs';
import { measureBundle } from './measure-bundle.mjs';
import { measureCpu } from './measure-cpu.mjs';
import { measureFirstChunk } from './measure-first-chunk.mjs';
import { measureMemory } from './measure-memory.mjs';
import { measureStart } from './measure-start.mjs';
import { measureStreams } from './measure-streams.mjs';
import { startProvider } from './provider-process.mjs';
import { formatReport } from './report.mjs';
import { ServerProcess } from './server-process.mjs';
import { environmentFor, MAIN, makeDataFolder, readOptions, ROOT } from './settings.mjs';
import { directTarget, throughTarget } from './stream-reader.mjs';
import { FaultTally, runWave } from './wave.mjs';

const ROUNDS = { alone: 6, together: 3 };

const options = readOptions();
const problem = await buildIfNeeded(ROOT);
if (problem) {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
endOnSignals();
try {
  report(await measure());
} catch (error) {
  tell(error);
} finally {
  await endAll();
}

async function measure() {
  const load = loadavg()[0];
  const folder = makeDataFolder();
  const provider = await startProvider();
  const env = environmentFor(folder, provider.url);
  say('starts');
  const start = await measureStart(env);
  const app = await ServerProcess.start([process.execPath, MAIN], { cwd: folder, env });
  const faults = new FaultTally();
  const bench = { app, provider, faults, direct: directTarget(provider.url), through: throughTarget(app.url) };
  say('warm-up');
  for (const target of [bench.direct, bench.through]) await runWave(target, { streams: options.levels[1], deltas: 64 });
  say('memory');
  const memory = await measureMemory(bench);
  say('first chunk');
  const firstChunk = await measureFirstChunk(bench, options.samples);
  const levels = [];
  for (const level of options.levels) {
    say(`streams: ${level}`);
    levels.push(await measureStreams(bench, level, level === 1 ? ROUNDS.alone : ROUNDS.together));
  }
  say('CPU time');
  const cpu = await measureCpu(bench, options.levels[1], 2);
  const machine = { cores: availableParallelism(), node: process.version, loadBefore: load };
  return { at: new Date().toISOString(), machine, start, bundle: measureBundle(), firstChunk, streams: levels, cpu, memory, faults };
}

function report(results) {
  mkdirSync(join(ROOT, 'artifacts'), { recursive: true });
  writeFileSync(join(ROOT, 'artifacts/bench.json'), `${JSON.stringify(results, undefined, 2)}\n`);
  const { cores, node, loadBefore } = results.machine;
  process.stdout.write(`\nNode.js ${node}, ${cores} cores, load ${loadBefore.toFixed(2)} before we began\n\n${formatReport(results)}`);
  // The one thing that no noise explains.
  if (!results.faults.isClean) process.exitCode = 1;
}

function say(phase) {
  process.stderr.write(`measuring ${phase} …\n`);
}
