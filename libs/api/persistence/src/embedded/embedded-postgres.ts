import { realpath } from 'node:fs/promises';
import { openApplicationDatabase } from './application-database';
import { findBinaries } from './binaries';
import { type DataDirLock, lockDataDir } from './data-dir-lock';
import { checkDataVersion, makeData } from './data-folder';
import { endWithProcess } from './end-with-process';
import { type Passwords, readPasswords } from './password';
import { findPlace } from './place';
import { type Postmaster } from './postmaster';
import { findOrphan, type StartOptions, startServer, stopServer } from './server';
import { shorten, watchServer } from './watch';

export interface EmbeddedPostgresOptions {
  /** Made when it is missing. */
  readonly dataDir: string;
  /** Gets what the operator should know, a sentence at a time. */
  readonly log: (line: string) => void;
  /** false: what was committed need not outlive a power cut (tests). */
  readonly durable?: boolean;
  /** Gives up starting: what was started is stopped, and the call rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** A running PostgreSQL of our own, reachable from this machine only and with its password only. */
export interface EmbeddedPostgres {
  /** `postgres://echo:…@127.0.0.1:port/echo` */
  readonly url: string;
  /** Whether a killed run had left it running. */
  readonly adopted: boolean;
  /** Stops the server and gives the data folder back. Call it when the last connection was closed: it cuts the others off. */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL of the npm package on the data of `dataDir`, which is made when it is missing.
 * @throws DataDirInUseError while another process uses the folder.
 * @throws EmbeddedPostgresError when it cannot run here, with a sentence that says what to do.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const lock = await lockDataDir(options.dataDir);
  try {
    return await startLocked(options, lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function startLocked(options: EmbeddedPostgresOptions, lock: DataDirLock): Promise<EmbeddedPostgres> {
  const { durable = true, log, signal } = options;
  const place = await findPlace(await realpath(options.dataDir), log);
  const binaries = await findBinaries(place.user, place.folder);
  if (place.hasData) await checkDataVersion(place, binaries);
  const passwords = await readPasswords(place);
  if (!place.hasData) await makeData(place, binaries, durable, signal);
  await shorten(place.logFile);

  const letLive = endWithProcess(place.data);
  const { server, url, adopted } = await openServer({ place, binaries, durable, signal }, passwords).catch((error: unknown) => {
    letLive();
    throw error;
  });
  const watch = watchServer(server, { place, binaries, durable }, log);
  const stop = async () => {
    try {
      await stopServer((await watch.stop()).pid, place);
    } finally {
      letLive();
      await lock.release();
    }
  };
  let stopping: Promise<void> | undefined;
  return { url, adopted, stop: () => (stopping ??= stop()) };
}

async function openServer(start: StartOptions, passwords: Passwords): Promise<{ server: Postmaster; url: string; adopted: boolean }> {
  const orphan = await findOrphan(start);
  const server = orphan ?? (await startServer(start));
  try {
    const url = await openApplicationDatabase(server.port, passwords);
    start.signal?.throwIfAborted();
    return { server, url, adopted: orphan !== undefined };
  } catch (error) {
    await stopServer(server.pid, start.place);
    throw error;
  }
}
