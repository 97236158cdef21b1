import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The root of the workspace; the same distance from the source and from its compiled form. */
export const WORKSPACE = resolve(__dirname, '../../../..');
const MAIN = join(WORKSPACE, 'apps/api/dist/main.js');
/** The sentence alone, or in a line of JSON. */
const READY = /^(?:\{.*"msg":")?EchoV2 is ready on (http:[^\s"]+)/m;

export interface EchoAppOptions {
  /** Settings; `DATABASE_URL` among them, else the application brings its own PostgreSQL. */
  readonly env?: Readonly<Record<string, string>>;
  /** The folder it is started in; absent: an empty one of its own. */
  readonly cwd?: string;
  /** What is started; absent: the built application of this workspace. */
  readonly main?: string;
}

/** The built application as a process of its own, on a free port. */
export class EchoApp {
  /** What it printed on both streams. */
  output = '';
  private readonly ended: Promise<number | null>;
  private isEnded = false;

  private constructor(
    readonly process: ChildProcess,
    ownFolder: string | undefined,
  ) {
    for (const stream of [process.stdout, process.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    this.ended = once(process, 'exit').then(([code]) => {
      this.isEnded = true;
      if (ownFolder) rmSync(ownFolder, { recursive: true, force: true });
      return code as number | null;
    });
  }

  /** Starts it and does not wait. */
  static spawn({ env = {}, cwd, main = MAIN }: EchoAppOptions = {}): EchoApp {
    const ownFolder = cwd === undefined ? mkdtempSync(join(tmpdir(), 'echo-app-')) : undefined;
    const child = spawn(process.execPath, [main], {
      cwd: cwd ?? ownFolder,
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: '0', ECHO_DISCOVER_LOCAL: 'off', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new EchoApp(child, ownFolder);
  }

  /** Starts it and waits until it says that it is ready. */
  static async start(options: EchoAppOptions = {}): Promise<EchoApp> {
    const app = EchoApp.spawn(options);
    await app.ready();
    return app;
  }

  /** `http://127.0.0.1:<port>`, once it is ready. */
  get url(): string {
    const url = READY.exec(this.output)?.[1];
    if (url === undefined) throw new Error(`The application is not ready:\n${this.output}`);
    return url;
  }

  /** Waits until it says that it is ready. Throws with its output when it ends instead. */
  async ready(): Promise<void> {
    while (!READY.test(this.output)) {
      if (this.isEnded) throw new Error(`The application ended:\n${this.output}`);
      await Promise.race([this.ended, ...[this.process.stdout, this.process.stderr].map((stream) => stream && once(stream, 'data'))]);
    }
  }

  /** Sends a signal and waits for the end. Returns the exit code, null when a signal ended it. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (!this.isEnded) this.process.kill(signal);
    return this.ended;
  }

  /** Waits for the end without asking for it. */
  exit(): Promise<number | null> {
    return this.ended;
  }
}
