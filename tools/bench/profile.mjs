// Where the application's process spends its CPU time while 50 answers stream: `node tools/bench/profile.mjs [--streams 50] [--deltas 240]`.
// Without `--deltas`, answers are so long that accepting and ending them does not show; with few, they are what shows.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfNeeded } from '../build.mjs';
import { now } from './clock.mjs';
import { topFunctions, topOwners } from './cpu-profile.mjs';
import { atEnd, endAll, endOnSignals, tell } from './endings.mjs';
import { startProvider } from './provider-process.mjs';
import { ServerProcess } from './server-process.mjs';
import { environmentFor, MAIN, makeDataFolder, ROOT } from './settings.mjs';
import { throughTarget } from './targets.mjs';
import { runWave } from './wave.mjs';

const CHUNKS = 24_000;
const SHOWN = { owners: 15, functions: 45 };

const { values } = parseArgs({ options: { streams: { type: 'string', default: '50' }, deltas: { type: 'string', default: '240' } } });
const problem = await buildIfNeeded(ROOT);
if (problem) throw new Error(problem);
endOnSignals();
try {
  print(await profile(Number(values.streams), Number(values.deltas)));
} catch (error) {
  tell(error);
} finally {
  await endAll();
}

async function profile(streams, deltas) {
  const folder = makeDataFolder();
  const profiles = mkdtempSync(join(tmpdir(), 'echo-profile-'));
  atEnd(() => rmSync(profiles, { recursive: true, force: true }));
  const provider = await startProvider();
  const command = [process.execPath, '--cpu-prof', `--cpu-prof-dir=${profiles}`, '--cpu-prof-interval=500', MAIN];
  const app = await ServerProcess.start(command, { cwd: folder, env: environmentFor(folder, provider.url) });
  const through = throughTarget(app.url);
  await runWave(through, { streams, deltas });
  const from = now();
  for (let chunks = 0; chunks < CHUNKS; chunks += streams * deltas) await runWave(through, { streams, deltas });
  await app.stop();
  const [file] = readdirSync(profiles);
  return topFunctions(JSON.parse(readFileSync(join(profiles, file), 'utf8')), ROOT, from);
}

function print(functions) {
  const lines = [
    ...topOwners(functions)
      .slice(0, SHOWN.owners)
      .map(([owner, share]) => `${percent(share)}  ${owner}`),
    '',
    ...functions.slice(0, SHOWN.functions).map(({ name, place, share }) => `${percent(share)}  ${name}  ${place}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function percent(share) {
  return `${(share * 100).toFixed(1).padStart(5)} %`;
}
