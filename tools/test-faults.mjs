// What `npm run test:faults` runs: everything that can go wrong, with `--seeds=N` seeds for each fault that comes by chance (2 unless given).
// `--only=F1` (or a promise, `R3`) runs only these; `--seed=N` only this seed; `--long` lets outages last as long as the promises say.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfNeeded } from './build.mjs';
import { findNodeProblem } from './node-version.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const KNOWN = /^--(?:seeds=[1-9]\d*|seed=\d+|only=[FR]\d+|long)$/;

const asked = process.argv.slice(2);
const unknown = asked.filter((word) => !KNOWN.test(word));
if (unknown.length > 0) fail(`Not known: ${unknown.join(' ')}. There are --seeds=200, --seed=7, --only=F1 or --only=R3, and --long.`);
const problem = findNodeProblem(process.versions.node) ?? (await buildIfNeeded(root));
if (problem) fail(problem);

const value = (name) => asked.find((word) => word.startsWith(`--${name}=`))?.split('=')[1];
const only = value('only');
const child = spawn(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    join(root, 'node_modules/jest/bin/jest.js'),
    ...['-c', join(root, 'apps/api-e2e/jest.faults.config.js'), '--runInBand'],
    ...(only ? ['-t', `\\b${only}\\b`] : []),
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      ...(value('seeds') ? { ECHO_FAULT_SEEDS: value('seeds') } : {}),
      ...(value('seed') ? { ECHO_FAULT_SEED: value('seed') } : {}),
      ...(asked.includes('--long') ? { ECHO_FAULT_LONG: '1' } : {}),
    },
  },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.once('close', (code) => process.exit(code ?? 1));

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
