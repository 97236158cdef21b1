import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, realpath, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Binaries } from './binaries';
import { EmbeddedPostgresError } from './embedded-postgres.error';
import { type Place } from './place';
import { findServerProgram, type Postmaster, processExists, readPostmaster, waitUntilGone } from './postmaster';
import { serverArguments } from './settings';

const POLL_MS = 10;
/** Recovery after a crash of the machine may have much to read. */
const START_MS = 5 * 60_000;
/** How long processes of a killed server may take to notice it. */
const LEFTOVER_MS = 15_000;
const FAST_STOP_MS = 20_000;
const QUICK_STOP_MS = 10_000;
const PORT_TRIES = 5;

export interface StartOptions {
  readonly place: Place;
  readonly binaries: Binaries;
  readonly durable: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Finds the running server that a killed run left, waiting while it starts or shuts down. One of other binaries is stopped: they may be gone already. */
export async function findOrphan({ place, binaries, signal }: StartOptions): Promise<Postmaster | undefined> {
  const deadline = Date.now() + START_MS;
  for (;;) {
    signal?.throwIfAborted();
    const postmaster = await readPostmaster(place.data);
    if (!postmaster) return undefined;
    const program = await findServerProgram(postmaster.pid, place.data);
    if (program === undefined) {
      // Its process id belongs to something else by now: PostgreSQL itself would take that for a running server and refuse. A server that is just ending
      // may take the file away in this very moment.
      if (processExists(postmaster.pid)) await rm(join(place.data, 'postmaster.pid'), { force: true });
      return undefined;
    }
    if (program !== (await realpath(binaries.postgres))) await stopServer(postmaster.pid, place);
    else if (postmaster.ready) return postmaster;
    if (Date.now() > deadline)
      throw new EmbeddedPostgresError(`The embedded PostgreSQL (process ${postmaster.pid}) neither starts nor ends. See ${place.logFile}.`);
    await sleep(POLL_MS);
  }
}

/** Starts the server at `port`, or at any free one, and waits until it lets clients in. It lives in a session of its own: Ctrl-C does not reach it. */
export async function startServer(options: StartOptions, port?: number): Promise<Postmaster> {
  const deadline = Date.now() + LEFTOVER_MS;
  let tries = 0;
  for (;;) {
    const failure = await tryStart(options, port ?? (await findFreePort()));
    if (typeof failure !== 'string') return failure;
    const portTaken = /could not (?:bind|create any TCP)/.test(failure);
    const leftovers = /pre-existing shared memory block|lock file ".*" already exists/.test(failure);
    const again = portTaken ? port === undefined && ++tries < PORT_TRIES : leftovers && Date.now() < deadline;
    if (!again)
      throw new EmbeddedPostgresError(`The embedded PostgreSQL does not start. Its last words, from ${options.place.logFile}:\n${failure}`);
    if (leftovers) await sleep(20 * POLL_MS);
  }
}

/** Ends the server: its clients are cut off, everything committed is on disk. */
export async function stopServer(pid: number, { data }: Place): Promise<void> {
  // SIGINT is PostgreSQL's fast shutdown; SIGQUIT ends it at once and makes the next start recover.
  for (const [signal, ms] of [
    ['SIGINT', FAST_STOP_MS],
    ['SIGQUIT', QUICK_STOP_MS],
  ] as const) {
    if ((await findServerProgram(pid, data)) === undefined) return;
    process.kill(pid, signal);
    if (await waitUntilGone(pid, data, ms)) return;
  }
  throw new EmbeddedPostgresError(`The embedded PostgreSQL (process ${pid}) does not end.`);
}

/** The running server, or the last lines of its log. */
async function tryStart(options: StartOptions, port: number): Promise<Postmaster | string> {
  const { place, signal } = options;
  const logStart = await stat(place.logFile).then(
    ({ size }) => size,
    () => 0,
  );
  const child = await spawnServer(options, port);
  const deadline = Date.now() + START_MS;
  while (isRunning(child)) {
    const postmaster = await readPostmaster(place.data);
    if (postmaster?.ready && postmaster.pid === child.pid) return postmaster;
    if (signal?.aborted || Date.now() > deadline) await giveUp(child);
    await sleep(POLL_MS);
  }
  signal?.throwIfAborted();
  return (await readFile(place.logFile)).subarray(logStart).toString('utf8').trim().split('\n').slice(-5).join('\n');
}

async function spawnServer({ place, binaries, durable }: StartOptions, port: number): Promise<ChildProcess> {
  const { data, user, logFile } = place;
  const log = await open(logFile, 'a', 0o600);
  try {
    const child = spawn(binaries.postgres, serverArguments(data, port, durable), {
      cwd: '/',
      env: { LC_ALL: 'C' },
      uid: user?.uid,
      gid: user?.gid,
      stdio: ['ignore', log.fd, log.fd],
      detached: true,
    });
    await once(child, 'spawn');
    child.unref();
    return child;
  } catch (cause) {
    throw new EmbeddedPostgresError(`The program ${binaries.postgres} cannot be run here. Set DATABASE_URL to a PostgreSQL of your own.`, {
      cause,
    });
  } finally {
    await log.close();
  }
}

async function giveUp(child: ChildProcess): Promise<void> {
  child.kill('SIGINT');
  const deadline = Date.now() + FAST_STOP_MS;
  while (isRunning(child) && Date.now() < deadline) await sleep(POLL_MS);
  child.kill('SIGKILL');
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address === 'string' || !address) throw new EmbeddedPostgresError('There is no free port on 127.0.0.1.');
  return address.port;
}
