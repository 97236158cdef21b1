import { type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type ServerUser } from './server-user';

const SEARCH = 0o1;
const READ_AND_SEARCH = 0o5;

/** The topmost folder on the way to `path`, itself included, that `user` may not pass through; undefined when the way is free. */
export async function findClosedFolder(path: string, user: ServerUser): Promise<string | undefined> {
  const parent = dirname(path);
  if (parent !== path) {
    const closed = await findClosedFolder(parent, user);
    if (closed !== undefined) return closed;
  }
  return may(await stat(path), user, SEARCH) ? undefined : path;
}

/** Whether `user` may read and run what is at `path` itself, wherever that is. */
export async function isReadable(path: string, user: ServerUser): Promise<boolean> {
  return may(await stat(path), user, READ_AND_SEARCH);
}

/** Only the class that the user is in counts, as for the kernel: an owner without the right does not get it from the others'. */
function may({ uid, gid, mode }: Stats, user: ServerUser, rights: number): boolean {
  const shift = user.uid === uid ? 6 : user.gid === gid ? 3 : 0;
  return ((mode >> shift) & rights) === rights;
}
