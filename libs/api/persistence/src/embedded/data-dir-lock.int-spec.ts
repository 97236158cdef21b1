import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rename, rm, stat, symlink } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DataDirLock, lockDataDir } from './data-dir-lock';
import { DataDirInUseError } from './embedded-postgres.error';

// The kernel's own namespace of Linux, and a file elsewhere: both work on Linux.
const PLATFORMS = (process.platform === 'linux' ? ['linux', 'darwin'] : [process.platform]) as NodeJS.Platform[];

describe.each(PLATFORMS)('the lock of a data folder (%s)', (platform) => {
  let folder: string;
  let locks: DataDirLock[];
  const lock = async (path: string) => {
    const taken = await lockDataDir(path, platform);
    locks.push(taken);
    return taken;
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'echov2-lock-'));
    locks = [];
  });

  afterEach(async () => {
    for (const taken of locks) await taken.release();
    await rm(folder, { recursive: true });
  });

  it('makes the folder, and puts nothing into it', async () => {
    const dataDir = join(folder, 'some/where');
    await lock(dataDir);
    expect(await readdir(dataDir)).toEqual([]);
    expect((await stat(dataDir)).mode & 0o066).toBe(0);
  });

  it('is given once, and names its holder to others', async () => {
    await lock(folder);
    const refused = lock(folder);
    await expect(refused).rejects.toBeInstanceOf(DataDirInUseError);
    await expect(refused).rejects.toMatchObject({ dataDir: folder, pid: process.pid });
    await expect(refused).rejects.toThrow(
      `The data folder ${folder} is in use by the running process ${process.pid}. Stop that one first, or set ECHO_DATA_DIR to another folder.`,
    );
  });

  it('is one for all paths that lead to the folder', async () => {
    await lock(folder);
    const other = `${folder}-link`;
    await symlink(folder, other);
    try {
      await expect(lock(other)).rejects.toBeInstanceOf(DataDirInUseError);
    } finally {
      await rm(other);
    }
  });

  it('is given again after it was released', async () => {
    await (await lock(folder)).release();
    await expect(lock(folder)).resolves.toBeDefined();
  });

  it('is given to one of several that ask at the same time', async () => {
    const results = await Promise.allSettled([lock(folder), lock(folder), lock(folder)]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('the lock of a data folder, where sockets are files', () => {
  it('is free when the file is of a process that is dead', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'echov2-lock-'));
    const before = await readdir(tmpdir());
    const first = await lockDataDir(folder, 'darwin');
    const file = join(tmpdir(), (await readdir(tmpdir())).find((name) => name.endsWith('.sock') && !before.includes(name)) ?? '');
    await first.release();
    await leaveSocketFile(file);
    expect(existsSync(file)).toBe(true);

    const second = await lockDataDir(folder, 'darwin');
    await expect(lockDataDir(folder, 'darwin')).rejects.toBeInstanceOf(DataDirInUseError);
    await second.release();
    await rm(folder, { recursive: true });
  });
});

/** As a killed process does. */
async function leaveSocketFile(file: string): Promise<void> {
  const aside = `${file}.aside`;
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(aside, resolve));
  // Node removes the file under the name that it was made with.
  await rename(aside, file);
  await new Promise((resolve) => server.close(resolve));
}
