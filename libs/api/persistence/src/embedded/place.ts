import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres.error';
import { findClosedFolder } from './reach';
import { findServerUser, type ServerUser, userOfId } from './server-user';

/** Where the data is when root's own server user cannot enter the data folder. */
const SYSTEM_FOLDER = '/var/lib/echov2';

/** Where everything of one embedded server is, and who it runs as. */
export interface Place {
  /** Ours; the server's user may pass through it. */
  readonly folder: string;
  /** PostgreSQL's own folder, which only the server's user may enter. */
  readonly data: string;
  readonly hasData: boolean;
  readonly passwordFile: string;
  readonly logFile: string;
  /** undefined: as we do. */
  readonly user: ServerUser | undefined;
}

/** Finds the place that belongs to `dataDir` (a real path). It stays where it was once data is there. */
export async function findPlace(dataDir: string, log: (line: string) => void): Promise<Place> {
  const isRoot = process.getuid?.() === 0;
  const owner = await ownerOfData(dataDir);
  if (!isRoot) {
    if (owner && owner.uid !== process.getuid?.()) throw ownedByAnother(dataDir, owner);
    return placeIn(dataDir, owner !== undefined, undefined);
  }
  if (owner) return placeIn(dataDir, true, await checkOwner(dataDir, owner));

  const elsewhere = join(SYSTEM_FOLDER, createHash('sha256').update(dataDir).digest('hex').slice(0, 16));
  const ownerElsewhere = await ownerOfData(elsewhere);
  const user = ownerElsewhere ? await checkOwner(elsewhere, ownerElsewhere) : await findServerUser(log);
  const closed = user && (await findClosedFolder(dataDir, user));
  if (!ownerElsewhere && closed === undefined) return placeIn(dataDir, false, user);

  await makeFolder(elsewhere);
  const why =
    closed === undefined ? 'It is there since the first start' : `Only root may enter ${closed}, and PostgreSQL does not run as root`;
  log(`The embedded database is in ${elsewhere} and runs as the user ${user?.name}. ${why}.`);
  return placeIn(elsewhere, ownerElsewhere !== undefined, user);
}

function placeIn(folder: string, hasData: boolean, user: ServerUser | undefined): Place {
  const data = join(folder, 'postgres');
  return { folder, data, hasData, passwordFile: `${data}-password`, logFile: `${data}.log`, user };
}

/** undefined: there is no data. */
async function ownerOfData(folder: string): Promise<ServerUser | undefined> {
  const data = join(folder, 'postgres');
  const stats = await stat(data).catch(ifMissing);
  if (!stats) return undefined;
  const ours = process.getuid?.() === 0 || process.getuid?.() === stats.uid;
  // An empty folder is no data: initdb's result takes its place.
  if (ours && (await readdir(data)).length === 0) return undefined;
  return (await userOfId(stats.uid)) ?? { name: String(stats.uid), uid: stats.uid, gid: stats.gid };
}

/** Data that an ordinary user made is run as that user, so that both can start it. */
async function checkOwner(folder: string, owner: ServerUser): Promise<ServerUser> {
  const data = join(folder, 'postgres');
  if (owner.uid === 0) {
    throw new EmbeddedPostgresError(
      `The database in ${data} belongs to root, and PostgreSQL does not run as root. Give it to an ordinary user, for example with: chown -R nobody ${data} ${data}-password`,
    );
  }
  const closed = await findClosedFolder(folder, owner);
  if (closed !== undefined) {
    throw new EmbeddedPostgresError(
      `The database in ${data} belongs to the user ${owner.name}, who may not enter ${closed}. Allow it, for example with: chmod o+x ${closed}`,
    );
  }
  return owner;
}

function ownedByAnother(folder: string, owner: ServerUser): Error {
  return new EmbeddedPostgresError(
    `The database in ${join(folder, 'postgres')} belongs to the user ${owner.name}. Start EchoV2 as that user or as root, or set ECHO_DATA_DIR to another folder.`,
  );
}

async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o711 });
  // A strict umask must not close them again.
  for (const folder of [SYSTEM_FOLDER, path]) await chmod(folder, 0o711);
}

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
  return undefined;
}
