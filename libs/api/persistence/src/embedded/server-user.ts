import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { EmbeddedPostgresError } from './embedded-postgres.error';

/** Who the server runs as. */
export interface ServerUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const OWN_NAME = 'echov2';

/** PostgreSQL refuses to run as root: then it gets a system user of its own, made here. undefined: we are not root, it runs as we do. */
export async function findServerUser(log: (line: string) => void): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const own = (await lookUp(OWN_NAME)) ?? (await addOwnUser());
  if (own) return own;
  const nobody = await lookUp('nobody');
  if (!nobody) {
    throw new EmbeddedPostgresError(
      'PostgreSQL refuses to run as root, and there is no other user to run it as. Start EchoV2 as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.',
    );
  }
  log(`The system user ${OWN_NAME} could not be made: the embedded PostgreSQL runs as nobody.`);
  return nobody;
}

/** The user with this id, as far as /etc/passwd knows it. */
export async function userOfId(uid: number): Promise<ServerUser | undefined> {
  return (await users()).find((user) => user.uid === uid);
}

async function lookUp(name: string): Promise<ServerUser | undefined> {
  return (await users()).find((user) => user.name === name && user.uid > 0);
}

async function users(): Promise<ServerUser[]> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  return lines.map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) })).filter((user) => user.name !== '');
}

async function addOwnUser(): Promise<ServerUser | undefined> {
  const rights = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin'];
  // It fails where /etc is read-only or useradd is missing: the caller has another user then. It also fails when another start made
  // the user meanwhile, and then the look-up finds it.
  await promisify(execFile)('useradd', [...rights, '--comment', 'EchoV2 embedded PostgreSQL', OWN_NAME]).catch(() => undefined);
  return lookUp(OWN_NAME);
}
