import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const START_MS = 10_000;

/** Where nginx is installed; undefined: it is not. */
export function findNginx(): string | undefined {
  for (const program of ['nginx', '/usr/sbin/nginx']) {
    try {
      execFileSync(program, ['-v'], { stdio: 'ignore' });
      return program;
    } catch {
      // Not there: look at the next place.
    }
  }
  return undefined;
}

/** An nginx of a test's own before one or more servers, with as few settings as an operator would write. */
export class Nginx {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly url: string,
  ) {}

  /** `port`: a free one. `upstreams`: origins. `settings` go into its `location` block. */
  static async start(program: string, port: number, upstreams: readonly string[], settings = ''): Promise<Nginx> {
    const folder = mkdtempSync(join(tmpdir(), 'echo-faults-nginx-'));
    // Its workers are another user's where it runs as root.
    chmodSync(folder, 0o755);
    const config = join(folder, 'nginx.conf');
    writeFileSync(config, configOf(folder, port, upstreams, settings));
    const child = spawn(program, ['-p', folder, '-c', config, '-e', join(folder, 'error.log'), '-g', 'daemon off;'], { stdio: 'ignore' });
    const nginx = new Nginx(child, folder, `http://127.0.0.1:${port}`);
    for (const deadline = Date.now() + START_MS; !(await answers(port)); await delay(20)) {
      if (child.exitCode !== null || Date.now() > deadline) {
        await nginx.stop();
        throw new Error('nginx does not start.');
      }
    }
    return nginx;
  }

  /** What it complained about. */
  get errors(): string {
    return readFileSync(join(this.folder, 'error.log'), 'utf8');
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = once(this.child, 'exit');
      this.child.kill('SIGTERM');
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function configOf(folder: string, port: number, upstreams: readonly string[], settings: string): string {
  const servers = upstreams.map((origin) => `server ${new URL(origin).host} max_fails=0;`).join(' ');
  const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${join(folder, name)};`).join(' ');
  return `pid ${join(folder, 'pid')};
events { worker_connections 1024; }
http {
  access_log off; ${folders}
  upstream echo { ${servers} }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://echo;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      ${settings}
    }
  }
}
`;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
