import { existsSync } from 'node:fs';
import { chmod, cp, lstat, mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres.error';
import { findClosedFolder, isReadable } from './reach';
import { type ServerUser } from './server-user';

/** PostgreSQL's programs, ready to run. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** `18`: data of another major version cannot be read. */
  readonly major: string;
}

interface NativePackage {
  readonly root: string;
  readonly version: string;
}

/** The programs of the npm package for this platform (at `installed`), where `user` can run them: in place, or else copied into `copyFolder`. */
export async function findBinaries(user: ServerUser | undefined, copyFolder: string, installed?: string): Promise<Binaries> {
  const found = await locate(installed);
  await makeLinks(found.root);
  const reachable = !user || (await canRun(found.root, user));
  const root = reachable ? found.root : await copy(found, copyFolder);
  const bin = join(root, 'native/bin');
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres'), major: found.version.split('.')[0] ?? '' };
}

async function locate(installed?: string): Promise<NativePackage> {
  const platform = `${process.platform}-${process.arch}`;
  const name = `@embedded-postgres/${platform}`;
  try {
    const root = installed ?? dirname(dirname(require.resolve(name)));
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    return { root, version };
  } catch (cause) {
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for ${platform} here (npm package ${name}). Run "npm ci" again if your platform has one, or set DATABASE_URL to a PostgreSQL of your own.`,
      { cause },
    );
  }
}

/** The package leaves the links between its libraries to an install script; npm may have been told to run none. */
async function makeLinks(root: string): Promise<void> {
  const list = join(root, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(root, target);
    if (existsSync(link)) continue;
    await symlink(relative(dirname(link), join(root, source)), link).catch((error: NodeJS.ErrnoException) => {
      // Another start may have made it meanwhile.
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

async function canRun(root: string, user: ServerUser): Promise<boolean> {
  const bin = join(root, 'native/bin');
  if ((await findClosedFolder(bin, user)) !== undefined) return false;
  // An installation under a strict umask closes each file.
  const needed = [join(bin, 'initdb'), join(bin, 'postgres'), join(root, 'native/lib'), join(root, 'native/share')];
  return (await Promise.all(needed.map((path) => isReadable(path, user)))).every(Boolean);
}

/** A copy for each version, made under another name first: a copy that was cut off is never taken for a whole one. */
async function copy(found: NativePackage, folder: string): Promise<string> {
  const target = join(folder, `postgresql-${found.version}`);
  if (!existsSync(target)) {
    const unfinished = await mkdtemp(join(folder, 'unfinished-'));
    await cp(join(found.root, 'native'), join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true });
    await open(unfinished);
    await rename(unfinished, target);
  }
  for (const name of await readdir(folder)) {
    const outdated = name.startsWith('postgresql-') || name.startsWith('unfinished-');
    if (outdated && name !== basename(target)) await rm(join(folder, name), { recursive: true, force: true });
  }
  return target;
}

/** Lets everybody read the copy and run its programs, whatever the umask was when npm unpacked them. */
async function open(path: string): Promise<void> {
  const stats = await lstat(path);
  if (stats.isSymbolicLink()) return;
  await chmod(path, stats.isDirectory() || stats.mode & 0o100 ? 0o755 : 0o644);
  if (stats.isDirectory()) for (const name of await readdir(path)) await open(join(path, name));
}
