import { execFile } from 'node:child_process';
import { readFile, readlink, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const POLL_MS = 10;

/** The first process of a running server, as its `postmaster.pid` tells. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** Whether it lets clients in: not while it starts, recovers or shuts down. */
  readonly ready: boolean;
}

/** What `postmaster.pid` in `data` says, true or not; undefined when there is none or it is being written. */
export async function readPostmaster(data: string): Promise<Postmaster | undefined> {
  const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!Number.isInteger(pid) || pid <= 1) return undefined;
  return { pid, port, ready: lines[7]?.trim() === 'ready' };
}

/** The program that process `pid` runs, when it is the server of `data`; undefined when it is anything else, or nothing: process ids are used again. */
export async function findServerProgram(pid: number, data: string): Promise<string | undefined> {
  return process.platform === 'linux' ? findInProc(pid, data) : findWithPs(pid, data);
}

/** Whether some process has this id, be it dead and not yet collected by its parent. */
export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Resolves to whether the server of `data` with this process id was gone within `ms` milliseconds. */
export async function waitUntilGone(pid: number, data: string, ms: number): Promise<boolean> {
  const deadline = Date.now() + ms;
  while ((await findServerProgram(pid, data)) !== undefined) {
    if (Date.now() > deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}

async function findInProc(pid: number, data: string): Promise<string | undefined> {
  try {
    // The server works in its data folder. Compared by identity: a folder may have several paths.
    const [cwd, own] = await Promise.all([stat(`/proc/${pid}/cwd`), stat(data)]);
    if (cwd.dev !== own.dev || cwd.ino !== own.ino) return undefined;
    const program = await readlink(`/proc/${pid}/exe`);
    return basename(program).startsWith('postgres') ? program : undefined;
  } catch {
    // No such process, a dead one that waits for its parent, or another user's.
    return undefined;
  }
}

async function findWithPs(pid: number, data: string): Promise<string | undefined> {
  const ps = promisify(execFile)('ps', ['-ww', '-p', String(pid), '-o', 'command='], { env: { LC_ALL: 'C' } });
  const { stdout } = await ps.catch(() => ({ stdout: '' }));
  const [program = ''] = stdout.split(' -D ');
  return program.endsWith('/postgres') && stdout.includes(` -D ${data} `) ? realpath(program) : undefined;
}
