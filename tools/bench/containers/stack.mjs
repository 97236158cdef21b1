import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { now } from '../clock.mjs';
import { atEnd } from '../endings.mjs';
import { makeMember } from '../member.mjs';
import { ROOT } from '../settings.mjs';
import { docker } from './engine.mjs';

const run = promisify(execFile);
/** The way of the stand-in model server from inside a container. */
const PROVIDER_HOST = 'host.docker.internal';

/** A stack of docker/ in a folder of its own, with accounts and a member, as an operator starts it. */
export class Stack {
  #folder;
  #files;
  #project;
  #isDown = false;

  static async prepare({ image, files, providerPort }) {
    const stack = new Stack();
    const port = await findFreePort();
    const provider = { id: 'bench', wire: 'openai-chat', base_url: `http://${PROVIDER_HOST}:${providerPort}/v1`, models: ['bench'] };
    stack.url = `http://127.0.0.1:${port}`;
    stack.#files = files;
    stack.#project = `echo-bench-${port}`;
    stack.#folder = mkdtempSync(join(tmpdir(), 'echo-bench-stack-'));
    cpSync(join(ROOT, 'docker'), join(stack.#folder, 'docker'), { recursive: true, filter: (path) => !/[/\\](secrets|\.env)$/.test(path) });
    const env = {
      APP_IMAGE: image,
      APP_PORT: port,
      ECHO_PROVIDERS: JSON.stringify([provider]),
      ECHO_MAX_LIVE_RUNS: 1_000,
      ECHO_MAX_LIVE_RUNS_PER_USER: 1_000,
      ECHO_MESSAGES_PER_MINUTE: 100_000,
    };
    const lines = Object.entries(env).map(([name, value]) => `${name}='${value}'`);
    writeFileSync(join(stack.#folder, 'docker/.env'), `${lines.join('\n')}\n`);
    atEnd(() => stack.down());
    return stack;
  }

  /** Starts it. Resolves to the milliseconds until all of it is healthy. */
  async up(...options) {
    const began = now();
    await this.#compose('up', '--detach', '--wait', '--no-build', ...options);
    return now() - began;
  }

  /** What requests of the first administrator carry. */
  async enter() {
    const { key } = await makeMember({ url: this.url, output: await this.#compose('logs', '--no-color', '--no-log-prefix', 'app') });
    return key;
  }

  /** Resident memory of the application, in bytes. */
  async residentMemory() {
    const [id] = (await this.#compose('ps', '--quiet', 'app')).split('\n');
    const script = "require('node:fs').readFileSync('/proc/1/status', 'utf8')";
    const status = await docker(['exec', id, '/nodejs/bin/node', '-p', script]);
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
  }

  /** Puts a fresh replica in the place of each. Resolves to the milliseconds that it took. */
  async rollingRestart() {
    const began = now();
    await run('docker/rolling-restart.sh', [], { cwd: this.#folder, env: { ...process.env, COMPOSE_PROJECT_NAME: this.#project } });
    return now() - began;
  }

  /** Ends it and forgets what was stored. */
  async down() {
    if (this.#isDown) return;
    this.#isDown = true;
    await this.#compose('down', '--volumes', '--remove-orphans', '--timeout', '5');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #compose(...words) {
    const files = this.#files.flatMap((file) => ['-f', `docker/${file}`]);
    return docker(['compose', ...files, ...words], { cwd: this.#folder, env: { COMPOSE_PROJECT_NAME: this.#project } });
  }
}

async function findFreePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
