import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { now } from './clock.mjs';
import { atEnd } from './endings.mjs';
import { isAlive, treeOf } from './processes.mjs';

const READY = /^EchoV2 is ready on (http:\/\/\S+)$/m;
const READY_MS = 60_000;
const STOP_MS = 30_000;

/** The application as a process, with its database where it has one of its own. */
export class ServerProcess {
  #child;
  #output = '';
  #exit;
  #startedAt = now();

  constructor([program, ...parameters], { cwd, env }) {
    // A process group of its own: Ctrl-C is for us, and we end it in order.
    this.#child = spawn(program, parameters, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    this.#exit = once(this.#child, 'exit');
    // A program that is not there: reported by `ready`.
    this.#exit.catch(() => undefined);
    atEnd(() => this.stop());
  }

  /** Starts it and waits until it says that it is ready. */
  static async start(command, options) {
    const server = new ServerProcess(command, options);
    await server.#ready();
    return server;
  }

  get pid() {
    return this.#child.pid;
  }

  /** What it printed. */
  get output() {
    return this.#output;
  }

  get url() {
    return READY.exec(this.#output)?.[1];
  }

  /** `kill -9`: it can do nothing about it. Resolves when it is gone; its database, if it has one of its own, is not. */
  async kill() {
    this.#child.kill('SIGKILL');
    await this.#exit;
  }

  /** Ends it and everything that it started. Throws when something had to be killed. */
  async stop() {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null || this.#child.pid === undefined) return;
    const tree = treeOf(this.#child.pid);
    this.#child.kill('SIGTERM');
    const deadline = now() + STOP_MS;
    await Promise.race([this.#exit, sleep(STOP_MS, undefined, { ref: false })]);
    while (tree.some(isAlive) && now() < deadline) await sleep(20);
    const left = tree.filter(isAlive);
    for (const { pid } of left) process.kill(pid, 'SIGKILL');
    if (left.length > 0) throw new Error(`Killed, because it did not end: ${left.map(({ pid, name }) => `${name} (${pid})`).join(', ')}`);
  }

  /** Resolves at the ready line. */
  async #ready() {
    const ready = new Promise((resolve, reject) => {
      for (const stream of [this.#child.stdout, this.#child.stderr]) {
        stream.setEncoding('utf8').on('data', (text) => {
          this.#output += text;
          if (this.readyMs === undefined && this.url !== undefined) {
            /** Milliseconds from the start of the process to the ready line. */
            this.readyMs = now() - this.#startedAt;
            resolve();
          }
        });
      }
      this.#exit.then(() => reject(new Error(`The application ended:\n${this.#output}`)), reject);
    });
    const timer = setTimeout(() => this.#child.kill('SIGTERM'), READY_MS);
    await ready.finally(() => clearTimeout(timer));
  }
}
