import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findBinaries } from './binaries';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres';
import { findServerProgram, readPostmaster } from './postmaster';
import { findServerUser } from './server-user';

jest.setTimeout(60_000);

const asRoot = process.getuid?.() === 0 ? describe : describe.skip;

asRoot('the embedded PostgreSQL, started by root (skipped for anybody else)', () => {
  let closed: string;
  let lines: string[];
  let running: EmbeddedPostgres | undefined;
  const log = (line: string) => lines.push(line);
  const start = async (dataDir: string) => {
    running = await startEmbeddedPostgres({ dataDir, log, durable: false });
    return running;
  };
  const stop = async () => {
    await running?.stop();
    running = undefined;
  };
  const userOf = async (pid: number) => (await stat(`/proc/${pid}`)).uid;

  beforeEach(async () => {
    lines = [];
    // A folder that only root may enter, as mkdtemp makes them.
    closed = await mkdtemp(join(tmpdir(), 'echov2-root-'));
  });

  afterEach(async () => {
    await stop();
    await rm(closed, { recursive: true, force: true, maxRetries: 5 });
  });

  it('runs as a user of its own, who alone may enter the data', async () => {
    await chmod(closed, 0o755);
    await start(join(closed, 'data'));
    const data = join(closed, 'data/postgres');
    const { uid, mode } = await stat(data);
    const passwd = await promisify(execFile)('id', ['-u', 'echov2']).then(({ stdout }) => Number(stdout));
    expect([uid, mode & 0o777]).toEqual([passwd, 0o700]);
    expect(await userOf((await readPostmaster(data))?.pid ?? 0)).toBe(passwd);
    expect(lines).toEqual([]);
  });

  it('keeps its data under /var/lib where only root may enter the data folder, says where, and finds it again', async () => {
    await start(closed);
    const place =
      /^The embedded database is in (\/var\/lib\/echov2\/[0-9a-f]{16}) and runs as the user echov2\. Only root may enter (.*), and/.exec(
        lines[0] ?? '',
      );
    const folder = place?.[1] ?? '';
    try {
      expect(place?.[2]).toBe(closed);
      expect(lines).toHaveLength(1);
      expect((await readdir(folder)).sort()).toEqual(['postgres', 'postgres-password', 'postgres.log']);
      expect(await readdir(closed)).toEqual([]);
      await stop();

      // Data stays where it is, also when the folder is opened later.
      await chmod(closed, 0o755);
      await start(closed);
      expect(lines[1]).toContain(folder);
      expect(existsSync(join(closed, 'postgres'))).toBe(false);
      await stop();
    } finally {
      await stop();
      if (folder) await rm(folder, { recursive: true });
    }
  });

  it('copies its programs to where its user can run them', async () => {
    const user = await findServerUser(log);
    const inPlace = await findBinaries(user, closed);
    const installed = dirname(dirname(dirname(inPlace.postgres)));
    expect(inPlace.postgres.startsWith(closed)).toBe(false);

    // The same package in a folder that only root may enter.
    const hidden = join(closed, 'node_modules/package');
    await mkdir(dirname(hidden), { recursive: true });
    await cp(installed, hidden, { recursive: true, verbatimSymlinks: true });
    const copies = await mkdtemp(join(tmpdir(), 'echov2-copies-'));
    try {
      await chmod(copies, 0o711);
      await mkdir(join(copies, 'postgresql-1.0.0'));
      const copied = await findBinaries(user, copies, hidden);
      expect(await readdir(copies)).toEqual([expect.stringMatching(/^postgresql-18\./)]);
      const { stdout } = await promisify(execFile)(copied.postgres, ['--version'], { uid: user?.uid, gid: user?.gid, cwd: '/' });
      expect(stdout).toContain(`(PostgreSQL) ${copied.major}.`);
    } finally {
      await rm(copies, { recursive: true });
    }
  });

  it('runs data of an ordinary user as that user, so that both can start it', async () => {
    await chmod(closed, 0o755);
    const dataDir = join(closed, 'data');
    await start(dataDir);
    await stop();
    await promisify(execFile)('chown', ['-R', 'nobody', dataDir]);
    await start(dataDir);
    const pid = (await readPostmaster(join(dataDir, 'postgres')))?.pid ?? 0;
    expect(await userOf(pid)).toBe(65_534);
    await stop();
    expect(await findServerProgram(pid, join(dataDir, 'postgres'))).toBeUndefined();
  });

  it('says how to repair data that belongs to root, or to a user who cannot get there', async () => {
    await chmod(closed, 0o755);
    const dataDir = join(closed, 'data');
    await start(dataDir);
    await stop();
    await chmod(dataDir, 0o700);
    await expect(start(dataDir)).rejects.toThrow(
      `belongs to the user echov2, who may not enter ${dataDir}. Allow it, for example with: chmod o+x ${dataDir}`,
    );
    await chmod(dataDir, 0o755);
    await promisify(execFile)('chown', ['-R', 'root', dataDir]);
    await expect(start(dataDir)).rejects.toThrow(/belongs to root, and PostgreSQL does not run as root/);
  });
});
