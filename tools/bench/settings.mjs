// How the benchmark is run, and how the application is set up for it.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { atEnd } from './endings.mjs';
import { MEASURED_WIRES } from './measure-wires.mjs';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const MAIN = join(ROOT, 'apps/api/dist/main.js');

/**
 * How much is measured. Each level is a number of answers at once; `deltas` is how many pieces an answer has,
 * `steadyMs` for how many milliseconds all stream together.
 */
const WHOLE = {
  warmStarts: 5,
  firstChunk: { samples: 200 },
  memory: { steps: [100, 200] },
  streams: { steadyMs: 1_500, alone: 4, together: 2 },
  cpu: { rounds: 3, deltas: 64, steadyMs: 2_000 },
  wal: { streams: 50, steadyMs: 3_000, idleMs: 3_000 },
  exchanges: { samples: 24, lengths: [10, 2_000] },
  resume: { samples: 100 },
  kill: { rounds: 3 },
  access: { rounds: 3, requests: 1_500, signIns: 1_000, auditMs: 3_000 },
  wires: MEASURED_WIRES,
};

/** Everything once and short: shows that the benchmark works. Its figures are too few to be believed. */
const QUICK = {
  warmStarts: 1,
  firstChunk: { samples: 30 },
  memory: { steps: [100] },
  streams: { steadyMs: 600, alone: 1, together: 1 },
  cpu: { rounds: 1, deltas: 24, steadyMs: 1_000 },
  wal: { streams: 50, steadyMs: 1_000, idleMs: 1_000 },
  exchanges: { samples: 5, lengths: [10, 2_000] },
  resume: { samples: 20 },
  kill: { rounds: 1 },
  access: { rounds: 1, requests: 400, signIns: 100, auditMs: 1_000 },
  wires: ['openai-chat'],
};

/** `--quick`: a minute instead of six. `--streams 1,50`: other levels. */
export function readPlan(parameters = process.argv.slice(2)) {
  const { values } = parseArgs({
    args: parameters,
    options: { quick: { type: 'boolean', default: false }, streams: { type: 'string', default: '1,50,200,500' } },
  });
  const levels = values.streams.split(',').map(Number);
  if (!levels.every((level) => Number.isInteger(level) && level > 0)) throw new Error('--streams must be numbers such as 1,50,200.');
  return { isQuick: values.quick, levels, ...(values.quick ? QUICK : WHOLE) };
}

/** A folder for the embedded database, removed at the end. */
export function makeDataFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'echo-bench-'));
  // PostgreSQL does not run as root: the user that it gets then must be able to enter.
  chmodSync(folder, 0o711);
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The application's environment: nothing of ours but what every program needs. Without `databaseUrl` it brings its own PostgreSQL. */
export function environmentFor(dataFolder, providerUrl, databaseUrl) {
  const provider = { id: 'bench', wire: 'openai-chat', base_url: `${providerUrl}/v1`, models: ['bench'] };
  return {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    PORT: '0',
    ECHO_DATA_DIR: dataFolder,
    ECHO_DISCOVER_LOCAL: 'off',
    ECHO_MAX_LIVE_RUNS: '1000',
    ECHO_PROVIDERS: JSON.stringify([provider]),
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
  };
}

/** What makes of it a server with accounts, whose limits are no matter. */
export const WITH_ACCOUNTS = { ECHO_AUTH: 'accounts', ECHO_MESSAGES_PER_MINUTE: '100000', ECHO_MAX_LIVE_RUNS_PER_USER: '1000' };
