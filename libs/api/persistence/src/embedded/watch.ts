import { stat, truncate } from 'node:fs/promises';
import { findServerProgram, type Postmaster } from './postmaster';
import { LOG_MEGABYTES } from './settings';
import { startServer, type StartOptions } from './server';

const WATCH_MS = 1_000;

/** Looks after a running server until `stop()`, which resolves to it when nothing is under way any more. */
export interface Watch {
  stop(): Promise<Postmaster>;
}

/** Starts the server again, at the same port, when something killed it, and keeps its log short. */
export function watchServer(first: Postmaster, options: StartOptions, log: (line: string) => void): Watch {
  let current = first;
  let told = '';
  let stopped = false;
  const look = async () => {
    await shorten(options.place.logFile);
    if (stopped || (await findServerProgram(current.pid, options.place.data)) !== undefined) return;
    try {
      current = await startServer(options, current.port);
      log('The embedded PostgreSQL had ended. It was started again.');
      told = '';
    } catch (error) {
      // Told once and tried again: whatever took its port or its memory may go away.
      const reason = error instanceof Error ? error.message : String(error);
      if (reason !== told) log(reason);
      told = reason;
    }
  };
  let looking: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout;
  const schedule = () => {
    timer = setTimeout(() => {
      looking = look().then(schedule);
    }, WATCH_MS).unref();
  };
  schedule();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await looking;
      clearTimeout(timer);
      return current;
    },
  };
}

/** The server appends, so what it writes next starts the file anew. */
export async function shorten(logFile: string, megabytes = LOG_MEGABYTES): Promise<void> {
  const { size } = await stat(logFile).catch(() => ({ size: 0 }));
  if (size > megabytes * 1024 * 1024) await truncate(logFile);
}
