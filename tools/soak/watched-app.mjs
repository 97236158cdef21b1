import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readRss } from '../bench/processes.mjs';
import { ServerProcess } from '../bench/server-process.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const MAIN = join(here, '../../apps/api/dist/main.js');
const MIB = 1024 * 1024;
/** Milliseconds for what is idle to be closed: connections of people who are gone and of the pool. */
const REST = { least: 12_000, most: 30_000, look: 500 };

/** The built application, and what it holds. */
export class WatchedApp {
  #server;

  static async start(cwd, env) {
    const app = new WatchedApp();
    app.#server = await ServerProcess.start([process.execPath, '--expose-gc', '--require', join(here, 'collect-garbage.cjs'), MAIN], {
      cwd,
      env: { PATH: process.env.PATH, PORT: '0', ECHO_DISCOVER_LOCAL: 'off', ...env },
    });
    return app;
  }

  get url() {
    return this.#server.url;
  }

  get output() {
    return this.#server.output;
  }

  /** MiB of resident memory and of the heap, things that the event loop waits for, and what is going on. */
  async look() {
    const text = await (await fetch(`${this.url}/api/metrics`)).text();
    const metrics = new Map([...text.matchAll(/^([a-z_]+(?:\{[^}]*\})?) (\S+)$/gm)].map(([, name, value]) => [name, Number(value)]));
    const live = [...metrics].filter(([name]) => name.startsWith('echo_live_runs{')).reduce((sum, [, value]) => sum + value, 0);
    return {
      rss: readRss(this.#server.pid) / MIB,
      heap: metrics.get('nodejs_heap_size_used_bytes') / MIB,
      handles: metrics.get('nodejs_active_resources_total'),
      busy: metrics.get('echo_viewers') + live,
    };
  }

  /** What it holds when everybody has gone, and what is idle is closed. */
  async rest() {
    const began = performance.now();
    let low = await this.#collected();
    while (performance.now() - began < REST.most) {
      await sleep(REST.look);
      const now = await this.#collected();
      const isLower = now.busy < low.busy || now.handles < low.handles;
      low = { ...now, heap: Math.min(now.heap, low.heap) };
      if (!isLower && low.busy === 0 && performance.now() - began > REST.least) break;
    }
    return low;
  }

  async #collected() {
    process.kill(this.#server.pid, 'SIGUSR2');
    await sleep(50);
    return this.look();
  }
}
