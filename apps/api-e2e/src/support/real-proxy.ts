import { findFreePort, WORKSPACE } from '@echo/testing';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const START_MS = 20_000;

/** A program that operators put before EchoV2, with its example of `docker/proxies`. */
export interface ProxyProgram {
  readonly name: string;
  readonly example: string;
  /** The example for loopback and these ports, without TLS unless the folder holds a certificate; whatever else the program wants is added. */
  configure(example: string, ports: ProxyPorts, folder: string, hasTls: boolean): string;
  start(config: string, folder: string): readonly string[];
  reload(proxy: RealProxy, config: string, ports: ProxyPorts): void;
}

export interface ProxyPorts {
  /** Where the proxy listens. */
  readonly own: number;
  /** Where EchoV2 listens. */
  readonly echo: number;
  /** For the proxy's own administration. */
  readonly admin: number;
}

/** The name in certificates of tests. */
export const TLS_HOST = 'localhost';

const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

const NGINX: ProxyProgram = {
  name: 'nginx',
  example: 'nginx/echov2.conf',
  configure: (example, { own, echo }, folder, hasTls) => `pid ${folder}/pid; events { }
    http { access_log off; ${TEMPORARY.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
    ${replace(
      example,
      [/listen 443 ssl;/, `listen 127.0.0.1:${own}${hasTls ? ' ssl' : ''};`],
      [/^\s+ssl_.*\n.*\n/m, hasTls ? `ssl_certificate ${folder}/cert.pem; ssl_certificate_key ${folder}/cert.pem;\n` : ''],
      [/127\.0\.0\.1:3000/, `127.0.0.1:${echo}`],
    )} }`,
  start: (config, folder) => ['-p', folder, '-c', config, '-e', `${folder}/error.log`, '-g', 'daemon off;'],
  reload: (proxy) => proxy.signal('SIGHUP'),
};

const CADDY: ProxyProgram = {
  name: 'caddy',
  example: 'caddy/Caddyfile',
  configure: (example, { own, echo, admin }, folder, hasTls) =>
    `{\n\tadmin 127.0.0.1:${admin}\n\tauto_https off\n}\n${replace(
      example,
      [
        /^chat\.example \{/m,
        hasTls
          ? `https://${TLS_HOST}:${own} {\n\tbind 127.0.0.1\n\ttls ${folder}/cert.pem ${folder}/cert.pem`
          : `http://127.0.0.1:${own} {\n\tbind 127.0.0.1`,
      ],
      [/127\.0\.0\.1:3000/, `127.0.0.1:${echo}`],
      [/localhost:3000/, `localhost:${echo}`],
    )}`,
  start: (config) => ['run', '--config', config, '--adapter', 'caddyfile'],
  reload: (_, config, { admin }) => {
    const address = `127.0.0.1:${admin}`;
    execFileSync('caddy', ['reload', '--force', '--config', config, '--adapter', 'caddyfile', '--address', address], { stdio: 'ignore' });
  },
};

const HAPROXY: ProxyProgram = {
  name: 'haproxy',
  example: 'haproxy/haproxy.cfg',
  configure: (example, { own, echo }, folder, hasTls) =>
    replace(
      example,
      hasTls
        ? [/bind :443 ssl crt \S+/, `bind 127.0.0.1:${own} ssl crt ${folder}/cert.pem`]
        : [/bind :443 ssl .*/, `bind 127.0.0.1:${own}`],
      [/127\.0\.0\.1:3000/, `127.0.0.1:${echo}`],
      [/localhost:3000/, `localhost:${echo}`],
    ),
  start: (config) => ['-W', '-db', '-f', config],
  reload: (proxy) => proxy.signal('SIGUSR2'),
};

export const PROXY_PROGRAMS: readonly ProxyProgram[] = [NGINX, CADDY, HAPROXY];

/** Whether the program is installed. */
export function isInstalled({ name }: ProxyProgram): boolean {
  try {
    execFileSync('which', [name], { stdio: 'ignore', env: { PATH: `${process.env['PATH']}:/usr/sbin` } });
    return true;
  } catch {
    // `which` says so by its exit code.
    return false;
  }
}

/** The program itself, before one EchoV2. */
export class RealProxy {
  private constructor(
    private readonly program: ProxyProgram,
    private readonly child: ChildProcess,
    private readonly folder: string,
    private readonly ports: ProxyPorts,
    private readonly hasTls: boolean,
  ) {}

  /** `certificate`: for `TLS_HOST`, with its key. */
  static async start(program: ProxyProgram, own: number, echo: number, certificate?: string): Promise<RealProxy> {
    const folder = mkdtempSync(join(tmpdir(), `echo-${program.name}-`));
    // Its workers are another user's where it runs as root.
    chmodSync(folder, 0o755);
    const ports = { own, echo, admin: await findFreePort() };
    const config = join(folder, 'config');
    const hasTls = certificate !== undefined;
    if (hasTls) writeFileSync(join(folder, 'cert.pem'), certificate);
    const example = readFileSync(join(WORKSPACE, 'docker/proxies', program.example), 'utf8');
    writeFileSync(config, program.configure(example, ports, folder, hasTls));
    const env = { PATH: `${process.env['PATH']}:/usr/sbin`, HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder };
    const child = spawn(program.name, program.start(config, folder), { stdio: ['ignore', 'ignore', 'pipe'], env });
    const proxy = new RealProxy(program, child, folder, ports, hasTls);
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
    for (const deadline = Date.now() + START_MS; !(await answers(own)); await delay(20)) {
      if (child.exitCode === null && Date.now() < deadline) continue;
      await proxy.stop();
      throw new Error(`${program.name} does not start:\n${said}`);
    }
    return proxy;
  }

  get url(): string {
    return this.hasTls ? `https://${TLS_HOST}:${this.ports.own}` : `http://127.0.0.1:${this.ports.own}`;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Takes its configuration anew, as after a change of a certificate. */
  reload(): void {
    this.program.reload(this, join(this.folder, 'config'), this.ports);
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

/** Every replacement must find its place: the test is of the example, not of something beside it. */
function replace(text: string, ...changes: readonly (readonly [RegExp, string])[]): string {
  return changes.reduce((now, [what, by]) => {
    if (!what.test(now)) throw new Error(`There is no ${String(what)} in the example.`);
    return now.replace(what, by);
  }, text);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false)).once('connect', () => resolve(true) ?? socket.destroy());
  });
}
