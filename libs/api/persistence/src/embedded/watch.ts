import { stat, truncate } from 'node:fs/promises';
import { findServerProgram, type Postmaster } from './postmaster';
import { LOG_MEGABYTES } from './settings';
import { findOrphan, startServer, type StartOptions } from './server';

const WATCH_MS = 1_000;

/** Looks after a running server until `stop()`, which resolves to it when nothing is under way any more. */
export interface Watch {
  stop(): Promise<Postmaster>;
}

/** Starts the server again, at the same port, when something killed it, and keeps its log short. */
export function watchServer(first: Postmaster, options: StartOptions, log: (line: string) => void): Watch {
  const stopping = new AbortController();
  const { signal } = stopping;
  let current = first;
  let told = '';
  let timer: NodeJS.Timeout | undefined;
  let looking = Promise.resolve();

  const look = async () => {
    try {
      await shorten(options.place.logFile);
      if (signal.aborted || (await findServerProgram(current.pid, options.place.data)) !== undefined) return;
      const start = { ...options, signal };
      current = (await findOrphan(start)) ?? (await startServer(start, current.port));
      log('The embedded PostgreSQL had ended. It was started again.');
      told = '';
    } catch (error) {
      // Told once and tried again: whatever took its port or filled the disk may go away.
      const reason = error instanceof Error ? error.message : String(error);
      if (reason !== told && !signal.aborted) log(reason);
      told = reason;
    }
  };
  const schedule = () => {
    if (signal.aborted) return;
    timer = setTimeout(() => {
      looking = look().then(schedule);
    }, WATCH_MS).unref();
  };

  schedule();
  return {
    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      await looking;
      return current;
    },
  };
}

/** The server appends, so what it writes next starts the file anew. */
export async function shorten(logFile: string, megabytes = LOG_MEGABYTES): Promise<void> {
  const { size } = await stat(logFile).catch(() => ({ size: 0 }));
  if (size > megabytes * 1024 * 1024) await truncate(logFile);
}
