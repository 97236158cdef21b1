import { execFile } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { lockDataDir } from './data-dir-lock';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres';
import { EmbeddedPostgresError } from './embedded-postgres.error';

jest.setTimeout(60_000);

describe('data that the embedded PostgreSQL cannot use', () => {
  let dataDir: string;
  let data: string;
  let running: EmbeddedPostgres | undefined;
  const start = async () => {
    running = await startEmbeddedPostgres({ dataDir, log: () => undefined, durable: false });
    return running;
  };
  const stop = async () => {
    await running?.stop();
    running = undefined;
  };

  /** Data that was made once: copying it is faster than making it. */
  let made: string;
  const copyMade = () => promisify(execFile)('cp', ['-a', `${made}/.`, dataDir]);

  beforeAll(async () => {
    made = await mkdtemp(join(tmpdir(), 'echov2-refusal-'));
    await chmod(made, 0o755);
    await (await startEmbeddedPostgres({ dataDir: made, log: () => undefined, durable: false })).stop();
  });

  afterAll(() => rm(made, { recursive: true }));

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'echov2-refusal-'));
    await chmod(dataDir, 0o755);
    data = join(dataDir, 'postgres');
  });

  afterEach(async () => {
    await stop();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  });

  it('is of another version: it is left as it is, and the folder is free again', async () => {
    await mkdir(data);
    await writeFile(join(data, 'PG_VERSION'), '15\n');
    await giveAway(data);
    await expect(start()).rejects.toThrow(/is of PostgreSQL 15, and this version of EchoV2 brings PostgreSQL 18/);
    expect(await readdir(data)).toEqual(['PG_VERSION']);
    expect(await readdir(dataDir)).toEqual(['postgres']);
    await (await lockDataDir(dataDir)).release();
  });

  it('is no database at all', async () => {
    await mkdir(data);
    await writeFile(join(data, 'holiday.jpg'), 'sea');
    await giveAway(data);
    await expect(start()).rejects.toThrow(EmbeddedPostgresError);
    await expect(start()).rejects.toThrow(/is not empty and holds no database/);
    expect(await readFile(join(data, 'holiday.jpg'), 'utf8')).toBe('sea');
  });

  it('has lost its password', async () => {
    await copyMade();
    await rm(join(dataDir, 'postgres-password'));
    await expect(start()).rejects.toThrow(`The password of the database in ${data} is missing.`);
  });

  it('has the password of another database', async () => {
    await copyMade();
    await writeFile(join(dataDir, 'postgres-password'), 'x'.repeat(43));
    await expect(start()).rejects.toThrow(/does not accept the password that is kept beside its data/);
    // The server that it started for the attempt was stopped.
    await expect(stat(join(data, 'postmaster.pid'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('was only half made: it is made again from the beginning', async () => {
    const unfinished = join(dataDir, 'postgres-unfinished-abc');
    await mkdir(join(unfinished, 'data'), { recursive: true });
    await writeFile(join(unfinished, 'data/PG_VERSION'), '18\n');
    await mkdir(data);
    await start();
    expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres-password', 'postgres.log']);
  });

  it('is damaged: the reason is told in the words of PostgreSQL', async () => {
    await copyMade();
    await writeFile(join(data, 'global/pg_control'), 'nothing');
    await expect(start()).rejects.toThrow(/The embedded PostgreSQL does not start\. Its last words[^]*pg_control/);
  });
});

/** Data never belongs to root: another user's would be refused for that reason already. */
async function giveAway(path: string): Promise<void> {
  if (process.getuid?.() === 0) await chown(path, 65_534, 65_534);
}
