import { mkdir, rename, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EchoApp, WORKSPACE } from '../app/echo-app';
import { startTestPostgres } from '../postgres/test-postgres';
import { ApiDescription } from './api-description';

const FILE = join(WORKSPACE, 'artifacts/openapi.json');
const START_LIMIT_MS = 60_000;
let known: ApiDescription | undefined;

/** The description that the built application serves, as `globalSetup` kept it. */
export function builtDescription(): ApiDescription {
  return (known ??= new ApiDescription(JSON.parse(readFileSync(FILE, 'utf8'))));
}

/** Asks the built application for its description and keeps it for all spec files of a run: an application that a test killed tells no more. */
export async function keepDescription(): Promise<void> {
  const postgres = await startTestPostgres();
  const app = EchoApp.spawn({ env: { DATABASE_URL: postgres.url } });
  // Jest sets no limit here: an application that cannot start must not hold up the run for ever.
  const limit = setTimeout(() => app.process.kill('SIGKILL'), START_LIMIT_MS);
  await app.ready();
  clearTimeout(limit);
  const text = await (await fetch(`${app.url}/api/openapi.json`)).text();
  await app.stop();
  await postgres.stop();
  await mkdir(dirname(FILE), { recursive: true });
  // Another run may be reading it.
  const fresh = `${FILE}.${process.pid}`;
  await writeFile(fresh, text);
  await rename(fresh, FILE);
}
