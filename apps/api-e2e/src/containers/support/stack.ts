import { findFreePort, WORKSPACE } from '@echo/testing';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attempt, docker, IMAGE, inspect, run } from './docker';

export type Service = 'app' | 'postgres' | 'proxy';

/** A copy of `docker/` as an operator has it, with its own `.env` and secrets, and what they start from it. */
export class Stack {
  private constructor(
    /** The folder that holds `docker/`: where the commands of the documentation are run. */
    readonly folder: string,
    readonly project: string,
    readonly port: number,
    private readonly files: readonly string[],
  ) {}

  /** Lays out the files and starts nothing. `settings` go into `docker/.env`. */
  static async prepare(files: readonly string[], settings: Readonly<Record<string, string>> = {}): Promise<Stack> {
    return Stack.layOut(files, settings, (path) => path.startsWith('docker/'));
  }

  /** The same with all sources, from which the image is built as well. */
  static async prepareWhole(files: readonly string[], settings: Readonly<Record<string, string>> = {}): Promise<Stack> {
    return Stack.layOut(files, settings, () => true);
  }

  private static async layOut(
    files: readonly string[],
    settings: Readonly<Record<string, string>>,
    isWanted: (path: string) => boolean,
  ): Promise<Stack> {
    const folder = mkdtempSync(join(tmpdir(), 'echo-stack-'));
    for (const path of (await projectFiles()).filter(isWanted)) cpSync(join(WORKSPACE, path), join(folder, path));
    const port = await findFreePort();
    const stack = new Stack(folder, `echo-test-${port}`, port, files);
    const lines = Object.entries({ APP_IMAGE: IMAGE, APP_PORT: String(port), ...settings }).map(([name, value]) => `${name}='${value}'`);
    writeFileSync(join(folder, 'docker/.env'), `${lines.join('\n')}\n`);
    return stack;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** For commands that are run in `folder`: which stack they mean. */
  get env(): Record<string, string> {
    return { COMPOSE_PROJECT_NAME: this.project };
  }

  compose(...args: readonly string[]): Promise<string> {
    return this.command('docker', 'compose', ...this.files.flatMap((file) => ['-f', `docker/${file}`]), ...args);
  }

  /** A program in the folder. */
  command(program: string, ...args: readonly string[]): Promise<string> {
    return run(program, args, { cwd: this.folder, env: this.env });
  }

  /** Starts everything, as the documentation says. Resolves to the milliseconds until all of it was healthy. */
  async up(): Promise<number> {
    const begun = performance.now();
    await this.compose('up', '--detach', '--wait', '--no-build').catch(async (error: unknown) => {
      throw new Error(`${String(error)}\n${await this.logs()}`);
    });
    return performance.now() - begun;
  }

  logs(...services: readonly Service[]): Promise<string> {
    return this.compose('logs', '--no-color', '--no-log-prefix', ...services);
  }

  /** Ids of the containers of a service. */
  async containers(service: Service): Promise<string[]> {
    return (await this.compose('ps', '--quiet', service)).split('\n').filter((id) => id !== '');
  }

  async container(service: Service): Promise<string> {
    const [id] = await this.containers(service);
    if (id === undefined) throw new Error(`No ${service} runs:\n${await this.compose('ps', '--all')}`);
    return id;
  }

  secret(path: string): string {
    return readFileSync(join(this.folder, 'docker/secrets', path), 'utf8').trim();
  }

  /** URL of the database for programs of this machine, which can reach the inner network where others cannot. */
  async databaseUrl(): Promise<string> {
    const { NetworkSettings } = await inspect<{ NetworkSettings: { Networks: Record<string, { IPAddress: string }> } }>(
      await this.container('postgres'),
    );
    const address = NetworkSettings.Networks[`${this.project}_inside`]?.IPAddress ?? '';
    return this.secret('app/database_url').replace('@postgres:', `@${address}:`);
  }

  /** Ends everything, and forgets what was stored. */
  async down(): Promise<void> {
    await attempt('docker', ['compose', '-f', 'docker/compose.yml', 'down', '--volumes', '--remove-orphans', '--timeout', '5'], {
      cwd: this.folder,
      env: this.env,
    });
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Kills it as a crash would: from outside, so that the engine sees an end that nobody asked for and starts it again. */
  async crash(container: string): Promise<void> {
    const { State } = await inspect<{ State: { Pid: number } }>(container);
    await docker('run', '--rm', '--privileged', '--pid=host', '--entrypoint', 'bash', 'postgres:17', '-c', `kill -9 ${State.Pid}`);
  }

  async health(container: string): Promise<string> {
    return docker('inspect', '--format', '{{.State.Health.Status}}', container);
  }
}

/** Everything that belongs to the project, as it is in the working folder. */
async function projectFiles(): Promise<string[]> {
  const list = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: WORKSPACE });
  return list.split('\0').filter((path) => path !== '' && existsSync(join(WORKSPACE, path)));
}
