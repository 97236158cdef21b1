import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findFreePort } from './free-port';
import { askPostgres } from './read-stored';

const run = promisify(execFile);
const POLL_MS = 20;
const START_MS = 30_000;

interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/** What we need of the product's own PostgreSQL. */
interface Embedded {
  findServerUser(log: () => void): Promise<ServerUser | undefined>;
  findBinaries(user: ServerUser | undefined, copyFolder: string): Promise<{ initdb: string; postgres: string }>;
}

export interface OwnPostgresOptions {
  readonly settings?: Readonly<Record<string, string>>;
  /** Where the data is, apart from the write-ahead log; absent: with everything else. It must be the server user's. */
  readonly dataFolder?: string;
  /** Folder of the programs of another PostgreSQL; absent: the product's own. */
  readonly programs?: string;
}

/** A PostgreSQL of a test's own, to be killed, stopped, starved and started again. It keeps its port. */
export class OwnPostgres {
  private server: ChildProcess | undefined;

  private constructor(
    private readonly folder: string,
    private readonly data: string,
    private readonly program: string,
    readonly user: ServerUser | undefined,
    private readonly port: number,
    private readonly settings: Readonly<Record<string, string>>,
  ) {}

  /** Makes the data (about a second) and starts. */
  static async start({ settings = {}, dataFolder, programs }: OwnPostgresOptions = {}): Promise<OwnPostgres> {
    const { findServerUser, findBinaries } = await load();
    const folder = await mkdtemp(join(tmpdir(), 'echo-faults-postgres-'));
    const user = await findServerUser(() => undefined);
    await chmod(folder, 0o755);
    if (user) for (const each of [folder, dataFolder]) if (each) await chown(each, user.uid, user.gid);
    const { initdb, postgres } = programs
      ? { initdb: join(programs, 'initdb'), postgres: join(programs, 'postgres') }
      : await findBinaries(user, folder);
    const data = join(dataFolder ?? folder, 'data');
    const log = dataFolder === undefined ? [] : ['--waldir', join(folder, 'wal')];
    // Loopback only, for as long as a test takes.
    const how = ['--auth', 'trust', '--username', 'echo', '--encoding', 'UTF8', '--locale', 'C', '--no-sync', '--wal-segsize', '1'];
    await run(initdb, ['-D', data, ...log, ...how], { uid: user?.uid, gid: user?.gid, cwd: '/', env: { LC_ALL: 'C' } });
    const own = new OwnPostgres(folder, data, postgres, user, await findFreePort(), settings);
    await own.resume();
    await askPostgres(own.urlOf('postgres'), 'create database faults');
    return own;
  }

  /** Of a database that is the test's. */
  get url(): string {
    return this.urlOf('faults');
  }

  /** Starts it again, and waits until it lets clients in. */
  async resume(): Promise<void> {
    for (const deadline = Date.now() + START_MS; ;) {
      this.server ??= this.spawn();
      try {
        await askPostgres(this.urlOf('postgres'), 'select 1');
        return;
      } catch (error) {
        if (Date.now() > deadline) throw error;
        // After a kill it ends at once again until the last of its old processes is gone.
        if (hasEnded(this.server)) this.server = undefined;
        await delay(POLL_MS);
      }
    }
  }

  /** `SIGKILL` to its first process; `SIGQUIT` is `pg_ctl stop -m immediate`, `SIGINT` its fast stop. */
  async end(signal: 'SIGKILL' | 'SIGQUIT' | 'SIGINT'): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (!server || hasEnded(server)) return;
    const ended = once(server, 'exit');
    server.kill(signal);
    await ended;
  }

  /** Ends it and removes everything. */
  async stop(): Promise<void> {
    await this.end('SIGQUIT');
    // Processes of a killed server take a moment to notice.
    for (const each of [this.folder, this.data]) await rm(each, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  private urlOf(database: string): string {
    return `postgres://echo@127.0.0.1:${this.port}/${database}`;
  }

  private spawn(): ChildProcess {
    const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', port: String(this.port), jit: 'off', ...this.settings };
    const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    return spawn(this.program, ['-D', this.data, ...args], {
      uid: this.user?.uid,
      gid: this.user?.gid,
      cwd: '/',
      env: { LC_ALL: 'C' },
      stdio: 'ignore',
    });
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

/** By path, and not by name: the specs of api-persistence use this project, and an import would make a circle of the two. */
async function load(): Promise<Embedded> {
  const folder = join(__dirname, '../../../api/persistence/src/embedded');
  const modules = (await Promise.all(['server-user.ts', 'binaries.ts'].map((name) => import(join(folder, name))))) as object[];
  return Object.assign({}, ...modules) as Embedded;
}
