import { createHmac, randomBytes } from 'node:crypto';
import { chown, open, readFile, rename } from 'node:fs/promises';
import { EmbeddedPostgresError } from './embedded-postgres.error';
import { type Place } from './place';

/** The two roles of the embedded server. */
export interface Passwords {
  /** Of `postgres`, who makes the other role and its database. */
  readonly superuser: string;
  /** Of `echo`, who the application is. */
  readonly application: string;
}

/** Reads the passwords, or makes them when there is no data yet. One random secret in one file (mode 0600) gives both. */
export async function readPasswords(place: Place): Promise<Passwords> {
  const superuser = (await readSecret(place.passwordFile)) ?? (await makeSecret(place));
  return { superuser, application: createHmac('sha256', superuser).update('echo').digest('base64url') };
}

async function readSecret(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function makeSecret({ passwordFile, data, hasData, user }: Place): Promise<string> {
  if (hasData) {
    throw new EmbeddedPostgresError(
      `The password of the database in ${data} is missing. Bring the file ${passwordFile} back from a backup.`,
    );
  }
  const secret = randomBytes(32).toString('base64url');
  // Under another name first: a file that was cut off by a crash would lock us out of our own data.
  const unfinished = `${passwordFile}.new`;
  const file = await open(unfinished, 'w', 0o600);
  try {
    await file.writeFile(secret);
    await file.sync();
  } finally {
    await file.close();
  }
  // initdb runs as the server's user and reads it.
  if (user) await chown(unfinished, user.uid, user.gid);
  await rename(unfinished, passwordFile);
  return secret;
}
