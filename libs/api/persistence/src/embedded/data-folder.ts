import { execFile } from 'node:child_process';
import { chown, mkdir, mkdtemp, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Binaries } from './binaries';
import { EmbeddedPostgresError } from './embedded-postgres.error';
import { type Place } from './place';

const UNFINISHED = 'postgres-unfinished-';

/** @throws EmbeddedPostgresError when the data is of another major version of PostgreSQL, or no data of PostgreSQL at all. Nothing is touched. */
export async function checkDataVersion({ data }: Place, { major }: Binaries): Promise<void> {
  const version = await readFile(join(data, 'PG_VERSION'), 'utf8').catch(() => '');
  if (version.trim() === major) return;
  throw new EmbeddedPostgresError(
    version === ''
      ? `The folder ${data} is not empty and holds no database of PostgreSQL. Move it away, or set ECHO_DATA_DIR to another folder.`
      : `The database in ${data} is of PostgreSQL ${version.trim()}, and this version of EchoV2 brings PostgreSQL ${major}. Start the version that made it, export what you need, or set DATABASE_URL to a PostgreSQL ${version.trim()}.`,
  );
}

/** Makes the data. It appears at its place whole or not at all, whenever this is cut off. */
export async function makeData(place: Place, binaries: Binaries, durable: boolean, signal?: AbortSignal): Promise<void> {
  await removeUnfinished(place.folder);
  const unfinished = await mkdtemp(join(place.folder, UNFINISHED));
  const made = join(unfinished, 'data');
  await mkdir(made, { mode: 0o700 });
  const { user } = place;
  if (user) for (const path of [made, unfinished]) await chown(path, user.uid, user.gid);
  await initdb(place, binaries, made, durable, signal);
  await rename(made, place.data);
  await rm(unfinished, { recursive: true, force: true });
  if (durable) await syncFolder(place.folder);
}

async function initdb(
  { passwordFile, user }: Place,
  binaries: Binaries,
  made: string,
  durable: boolean,
  signal?: AbortSignal,
): Promise<void> {
  const rights = ['--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  // The builtin provider knows the case of every alphabet and sorts alike on every machine; plain C knows ASCII only.
  const text = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const flags = [...rights, ...text, '--no-instructions', ...(durable ? [] : ['--no-sync'])];
  try {
    await promisify(execFile)(binaries.initdb, ['-D', made, ...flags], {
      cwd: '/',
      env: { LC_ALL: 'C' },
      uid: user?.uid,
      gid: user?.gid,
      signal,
    });
  } catch (cause) {
    signal?.throwIfAborted();
    const said = (cause as { stderr?: string }).stderr?.trim() || String(cause);
    throw new EmbeddedPostgresError(`The embedded database could not be made: ${said}`, { cause });
  }
}

/** What starts left that were cut off while they made the data. */
async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    // An initdb whose parent was killed may still write there, and then gives up by itself: what stays is removed by the next start.
    if (name.startsWith(UNFINISHED)) await rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
