import { createHash } from 'node:crypto';
import { mkdir, realpath, unlink } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataDirInUseError } from './embedded-postgres.error';

/** Milliseconds that a holder has to say its process id: it may be stopped by a debugger. */
const ANSWER_MS = 1_000;
const TRIES = 5;

/** Held until `release()` or the end of the process, however it ends. */
export interface DataDirLock {
  release(): Promise<void>;
}

/**
 * Makes `dataDir` when it is missing and takes it for this process alone.
 * The lock is a listening socket, which the kernel closes when its process dies: there is nothing to clean up after a crash.
 * @throws DataDirInUseError when another process holds it; that one is left alone.
 */
export async function lockDataDir(dataDir: string, platform: NodeJS.Platform = process.platform): Promise<DataDirLock> {
  // Not 0700 for root: the database's own user has to pass through, to a folder inside that only it may enter.
  await mkdir(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  const address = addressOf(await realpath(dataDir), platform);
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const server = await listen(address);
    if (server) return { release: () => close(server) };
    const holder = await askHolder(address);
    if (holder.alive) throw new DataDirInUseError(dataDir, holder.pid);
    // Elsewhere than in Linux's abstract namespace, a socket outlives its process as a file that nobody answers.
    if (!address.startsWith('\0')) await unlink(address).catch(ignoreMissing);
  }
  throw new DataDirInUseError(dataDir, undefined);
}

function addressOf(path: string, platform: NodeJS.Platform): string {
  const hash = createHash('sha256').update(path).digest('hex');
  // A path of a socket may have about 100 bytes, so the file cannot be in the data folder itself.
  return platform === 'linux' ? `\0echov2-${hash}` : join(tmpdir(), `echov2-${hash.slice(0, 24)}.sock`);
}

/** undefined: somebody listens there, or did. */
function listen(address: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      // Whoever asks may leave before the answer: that is no error of ours.
      socket.on('error', () => socket.destroy());
      socket.end(String(process.pid));
    });
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)));
    server.listen(address, () => resolve(server.unref()));
  });
}

function askHolder(address: string): Promise<{ alive: boolean; pid?: number }> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(address).setEncoding('utf8').setTimeout(ANSWER_MS);
    socket.on('data', (text: string) => (answer += text));
    socket.on('end', () => resolve({ alive: true, pid: /^\d{1,10}$/.test(answer) ? Number(answer) : undefined }));
    socket.on('timeout', () => {
      resolve({ alive: true });
      socket.destroy();
    });
    // ECONNREFUSED and ENOENT: the holder died meanwhile. Anything else: it is there, but cannot be asked.
    socket.on('error', (error: NodeJS.ErrnoException) => resolve({ alive: error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT' }));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
