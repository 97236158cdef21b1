import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres';
import { findPlace } from './place';
import { findServerProgram, readPostmaster, waitUntilGone } from './postmaster';
import { findOrphan } from './server';
import { shorten } from './watch';

jest.setTimeout(60_000);

describe('the embedded PostgreSQL', () => {
  let dataDir: string;
  let data: string;
  let lines: string[];
  let running: EmbeddedPostgres[];
  let holders: ChildProcess[];
  const log = (line: string) => lines.push(line);

  const start = async (durable = true) => {
    const postgres = await startEmbeddedPostgres({ dataDir, log, durable });
    running.push(postgres);
    return postgres;
  };

  /** Starts the embedded server in a process of its own; resolves to what that says: its address, or an error's message. */
  const startHolder = async () => {
    const code = `
      require.extensions['.ts'] = (module, file) =>
        module._compile(require('@swc/core').transformFileSync(file, {
          swcrc: false, jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }).code, file);
      process.on('SIGTERM', () => process.exit(1));
      setInterval(() => undefined, 1000);
      require('./embedded-postgres.ts').startEmbeddedPostgres({ dataDir: process.argv[1], log: () => undefined })
        .then(({ url }) => process.stdout.write(url), (error) => process.stdout.write(error.message));`;
    const child = spawn(process.execPath, ['-e', code, dataDir], { cwd: __dirname, stdio: ['ignore', 'pipe', 'inherit'] });
    holders.push(child);
    const [said] = (await once(child.stdout, 'data')) as [Buffer];
    return { child, said: said.toString('utf8') };
  };

  const kill = async (child: ChildProcess) => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };

  const serverPid = async () => (await readPostmaster(data))?.pid ?? 0;

  /** Data that was made once: copying it is faster than making it. */
  let made: string;

  beforeAll(async () => {
    made = await mkdtemp(join(tmpdir(), 'echov2-embedded-'));
    await chmod(made, 0o755);
    await (await startEmbeddedPostgres({ dataDir: made, log: () => undefined, durable: false })).stop();
  });

  afterAll(() => rm(made, { recursive: true }));

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'echov2-embedded-'));
    await promisify(execFile)('cp', ['-a', `${made}/.`, dataDir]);
    data = join(dataDir, 'postgres');
    lines = [];
    running = [];
    holders = [];
  });

  afterEach(async () => {
    for (const child of holders) if (child.exitCode === null && child.signalCode === null) await kill(child);
    for (const postgres of running) await postgres.stop();
    // What a killed holder left.
    const pid = await serverPid();
    if (pid && (await findServerProgram(pid, data))) process.kill(pid, 'SIGQUIT');
    while (pid && (await findServerProgram(pid, data))) await sleep(10);
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  });

  it('makes the data at the first start and finds it again at the second', async () => {
    await rm(dataDir, { recursive: true });
    await mkdir(dataDir, { mode: 0o755 });
    const first = await start();
    await query(first.url, 'create table note (text text)');
    await query(first.url, `insert into note values ('Grüße')`);
    await first.stop();

    const second = await start();
    expect(second.adopted).toBe(false);
    // The case of other alphabets is known, as in a container's PostgreSQL.
    expect(await query(second.url, `select text from note where text ilike 'GRÜSSE' or text ilike 'GRÜßE'`)).toEqual([{ text: 'Grüße' }]);
    expect(lines).toEqual([]);
  });

  it('lets nobody in without the password', async () => {
    const { url } = await start(false);
    const of = (user: string, password: string) => Object.assign(new URL(url), { username: user, password }).href;
    await expect(query(of('echo', 'guessed'), 'select 1')).rejects.toMatchObject({ code: '28P01' });
    await expect(query(of('postgres', 'postgres'), 'select 1')).rejects.toMatchObject({ code: '28P01' });
    await expect(query(of('echo', ''), 'select 1')).rejects.toThrow(/password/);
    expect((await stat(join(dataDir, 'postgres-password'))).mode & 0o777).toBe(0o600);
    expect((await stat(data)).mode & 0o777).toBe(0o700);
  });

  it('keeps the password off every command line, and listens on loopback alone', async () => {
    const { url } = await start(false);
    const secret = await readFile(join(dataDir, 'postgres-password'), 'utf8');
    const commandLine = await readFile(`/proc/${await serverPid()}/cmdline`, 'utf8');
    expect(secret.length).toBeGreaterThan(40);
    expect(commandLine).not.toContain(secret);
    // The folder of its Unix socket, and where it listens.
    expect((await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n').slice(4, 6)).toEqual(['', '127.0.0.1']);
    await expect(query(url.replace('@127.0.0.1:', '@127.0.0.2:'), 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('gives the application no rights of a superuser', async () => {
    const { url } = await start(false);
    await expect(query(url, `copy (select 1) to program 'cat'`)).rejects.toMatchObject({ code: '42501' });
  });

  it('leaves no process and no lock when stopped', async () => {
    const first = await start();
    const pid = await serverPid();
    await Promise.all([first.stop(), first.stop()]);
    expect(await findServerProgram(pid, data)).toBeUndefined();
    expect(existsSync(join(data, 'postmaster.pid'))).toBe(false);
    await expect(start().then(({ adopted }) => adopted)).resolves.toBe(false);
  });

  it('runs in a session of its own, where Ctrl-C does not reach it', async () => {
    await start(false);
    const pid = await serverPid();
    const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
    // State, parent, process group, session.
    expect(fields.slice(2, 4)).toEqual([String(pid), String(pid)]);
  });

  it('refuses a data folder that another process uses, and leaves that one alone', async () => {
    const { child, said: url } = await startHolder();
    await expect(startEmbeddedPostgres({ dataDir, log })).rejects.toThrow(
      `The data folder ${dataDir} is in use by the running process ${child.pid}.`,
    );
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('adopts the server of a run that was killed', async () => {
    const { child, said: url } = await startHolder();
    await query(url, 'create table note as select 1 as one');
    const pid = await serverPid();
    await kill(child);

    const second = await start();
    expect(second.adopted).toBe(true);
    expect(second.url).toBe(url);
    expect(await serverPid()).toBe(pid);
    expect(await query(second.url, 'select one from note')).toEqual([{ one: 1 }]);
    await second.stop();
    expect(await findServerProgram(pid, data)).toBeUndefined();
  });

  it('recovers what was committed when everything was killed', async () => {
    const { child, said: url } = await startHolder();
    await query(url, 'create table note as select generate_series(1, 1000) as number');
    process.kill(await serverPid(), 'SIGKILL');
    await kill(child);

    const second = await start();
    expect(second.adopted).toBe(false);
    expect(await query(second.url, 'select count(*)::int as notes from note')).toEqual([{ notes: 1000 }]);
  });

  it('waits for a server that a killed run left shutting down, then starts it', async () => {
    const { child, said: url } = await startHolder();
    await query(url, 'create table note as select 1 as one');
    const client = new Client(url);
    client.on('error', () => undefined);
    await client.connect();
    await kill(child);
    // A smart shutdown lasts as long as a client is there.
    process.kill(await serverPid(), 'SIGTERM');
    while ((await readPostmaster(data))?.ready) await sleep(10);
    const starting = start();
    await client.end();

    const second = await starting;
    expect(second.adopted).toBe(false);
    expect(await query(second.url, 'select one from note')).toEqual([{ one: 1 }]);
  });

  it('starts the server again, at the same address, when something killed it', async () => {
    const { url } = await start();
    await query(url, 'create table note as select 1 as one');
    const pid = await serverPid();
    process.kill(pid, 'SIGKILL');
    while ((await serverPid()) === pid || !(await readPostmaster(data))?.ready) await sleep(20);
    expect(await query(url, 'select one from note')).toEqual([{ one: 1 }]);
    while (lines.length === 0) await sleep(10);
    expect(lines).toEqual(['The embedded PostgreSQL had ended. It was started again.']);
  });

  it('ends with a process that ends without stopping it', async () => {
    const { child } = await startHolder();
    const pid = await serverPid();
    child.kill('SIGTERM');
    await once(child, 'exit');
    expect(await waitUntilGone(pid, data, 10_000)).toBe(true);
    await expect(readFile(join(dataDir, 'postgres.log'), 'utf8')).resolves.toContain('database system is shut down');
  });

  it('stops a server that was started by other programs than ours, for they may be gone', async () => {
    const { child } = await startHolder();
    const pid = await serverPid();
    await kill(child);
    const binaries = { initdb: '', postgres: process.execPath, major: '18' };
    const orphan = await findOrphan({ place: await findPlace(dataDir, log), binaries, durable: true });
    expect(orphan).toBeUndefined();
    expect(await findServerProgram(pid, data)).toBeUndefined();
  });

  it('keeps its log short while it runs', async () => {
    const { url } = await start(false);
    const file = join(dataDir, 'postgres.log');
    await truncate(file, 9 * 1024 * 1024);
    await shorten(file);
    await expect(query(url, 'nonsense')).rejects.toThrow();
    const text = await readFile(file, 'utf8');
    expect(text).toContain('syntax error');
    // Nothing that was asked is in it.
    expect(text).not.toContain('STATEMENT');
    expect(text.length).toBeLessThan(1_000);
  });

  it('starts although the process id of a server that died belongs to another process now', async () => {
    const first = await start();
    await query(first.url, 'create table note as select 1 as one');
    const pidFile = (await readFile(join(data, 'postmaster.pid'), 'utf8')).replace(/^\d+/, String(process.pid));
    await first.stop();
    await writeFile(join(data, 'postmaster.pid'), pidFile);

    const second = await start();
    expect(second.adopted).toBe(false);
    expect(await query(second.url, 'select one from note')).toEqual([{ one: 1 }]);
  });

  it('ends what it began when it is told to give up', async () => {
    await (await start()).stop();
    const abort = new AbortController();
    const starting = startEmbeddedPostgres({ dataDir, log, signal: abort.signal });
    while (!(await readPostmaster(data))) await sleep(1);
    const pid = await serverPid();
    abort.abort(new Error('told to stop'));
    await expect(starting).rejects.toThrow('told to stop');
    expect(await findServerProgram(pid, data)).toBeUndefined();
    await expect(start().then(({ adopted }) => adopted)).resolves.toBe(false);
  });
});

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client(url);
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
