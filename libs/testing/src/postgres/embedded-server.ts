import { existsSync, readFileSync, rmSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestServer } from './test-server';

/** What we need of `startEmbeddedPostgres` and `lockDataDir`. */
interface Embedded {
  startEmbeddedPostgres(options: { dataDir: string; log: () => void; durable: boolean }): Promise<{ url: string; stop(): Promise<void> }>;
  lockDataDir(dataDir: string): Promise<{ release(): Promise<void> }>;
}

const PREFIX = 'echov2-test-';
/** A younger folder may be one that another run is about to lock. */
const SWEEP_AGE_MS = 60_000;

/** The product's embedded PostgreSQL on a folder of its own that is removed at the end, however this process ends. */
export async function startEmbeddedServer(): Promise<TestServer> {
  const embedded = await load();
  await sweep(embedded);
  const dataDir = await mkdtemp(join(tmpdir(), PREFIX));
  // As root the server runs as a user of its own, who has to get in.
  await chmod(dataDir, 0o755);
  const dieWithUs = () => removeAtOnce(dataDir);
  const leave = () => process.exit(130);
  process.once('exit', dieWithUs).once('SIGINT', leave).once('SIGTERM', leave);
  const { url, stop } = await embedded.startEmbeddedPostgres({ dataDir, log: () => undefined, durable: false });
  return {
    url,
    stop: async () => {
      await stop();
      await rm(dataDir, { recursive: true, force: true });
      process.off('exit', dieWithUs).off('SIGINT', leave).off('SIGTERM', leave);
    },
  };
}

/** By path, and not by name: the specs of api-persistence use this project, and an import would make a circle of the two. */
async function load(): Promise<Embedded> {
  const folder = join(__dirname, '../../../api/persistence/src/embedded');
  const modules = (await Promise.all(['data-dir-lock.ts', 'embedded-postgres.ts'].map((name) => import(join(folder, name))))) as object[];
  return Object.assign({}, ...modules) as Embedded;
}

/** Removes what runs left that were killed. */
async function sweep(embedded: Embedded): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const dataDir = join(tmpdir(), name);
    try {
      if (Date.now() - (await stat(dataDir)).mtimeMs < SWEEP_AGE_MS) continue;
      await (await embedded.lockDataDir(dataDir)).release();
      if (existsSync(pidFile(dataDir)))
        await (await embedded.startEmbeddedPostgres({ dataDir, log: () => undefined, durable: false })).stop();
      await rm(dataDir, { recursive: true, force: true });
    } catch {
      // Another run's that is still going on, or another user's.
    }
  }
}

function removeAtOnce(dataDir: string): void {
  if (existsSync(pidFile(dataDir))) process.kill(Number(readFileSync(pidFile(dataDir), 'utf8').split('\n')[0]), 'SIGQUIT');
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 10 });
}

function pidFile(dataDir: string): string {
  return join(dataDir, 'postgres/postmaster.pid');
}
