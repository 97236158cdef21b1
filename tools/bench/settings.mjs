// How the benchmark is run, and how the application is set up for it.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { atEnd } from './endings.mjs';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const MAIN = join(ROOT, 'apps/api/dist/main.js');

/** `--full`: 200 streams too. `--samples`: answers measured for the first chunk. `--streams`: how many at once, beside one alone. */
export function readOptions() {
  const { values } = parseArgs({
    options: {
      full: { type: 'boolean', default: false },
      samples: { type: 'string', default: '300' },
      streams: { type: 'string', default: '50' },
    },
  });
  const streams = Number(values.streams);
  return { samples: Number(values.samples), levels: values.full ? [1, streams, 200] : [1, streams] };
}

/** A folder for the embedded database, removed at the end. */
export function makeDataFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'echo-bench-'));
  // PostgreSQL does not run as root: the user that it gets then must be able to enter.
  chmodSync(folder, 0o711);
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The application's environment: nothing of ours but what every program needs. */
export function environmentFor(dataFolder, providerUrl) {
  const provider = { id: 'bench', wire: 'openai-chat', base_url: `${providerUrl}/v1`, models: ['bench'] };
  return {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    PORT: '0',
    ECHO_DATA_DIR: dataFolder,
    ECHO_DISCOVER_LOCAL: 'off',
    ECHO_MAX_LIVE_RUNS: '1000',
    ECHO_PROVIDERS: JSON.stringify([provider]),
  };
}
