import { findFreePort } from '@echo/testing';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../support/eventually';
import { type OtherBrowser } from './other-browser';
import { keyActions } from './web-driver-keys';

/** Milliseconds that the driver has to begin to listen. */
const START_MS = 10_000;

/** WebKit as GTK has it, driven by WebDriver (W3C), on a screen that nobody sees. */
export class WebKit implements OtherBrowser {
  private readonly heard: string[] = [];

  private constructor(
    private readonly screen: ChildProcess,
    private readonly driver: ChildProcess,
    private readonly home: string,
    private readonly session: string,
  ) {}

  static async start({ driver: executable, screen: xvfb }: { driver: string; screen: string }): Promise<WebKit> {
    const home = mkdtempSync(join(tmpdir(), 'echo-webkit-'));
    const screen = spawn(xvfb, ['-displayfd', '1', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [number] = (await once(screen.stdout, 'data')) as [Buffer];
    const port = await findFreePort();
    const driver = spawn(executable, [`--port=${port}`], {
      env: { PATH: process.env['PATH'], HOME: home, XDG_RUNTIME_DIR: home, DISPLAY: `:${number.toString().trim()}`, NO_AT_BRIDGE: '1' },
      stdio: 'ignore',
    });
    const root = `http://127.0.0.1:${port}/session`;
    const { sessionId } = (await eventually(() => ask(root, 'POST', { capabilities: {} }), START_MS)) as { sessionId: string };
    return new WebKit(screen, driver, home, `${root}/${sessionId}`);
  }

  async open(url: string): Promise<void> {
    await this.faults();
    await ask(`${this.session}/url`, 'POST', { url });
    await this.evaluate(`(${String(collectFaults)})()`);
  }

  /** Its driver tells nothing of them: the page is listened to, and asked. */
  async faults(): Promise<readonly string[]> {
    this.heard.push(...((await this.evaluate(`(window.faults ?? []).splice(0)`)) as string[]));
    return this.heard;
  }

  evaluate(expression: string): Promise<unknown> {
    return ask(`${this.session}/execute/sync`, 'POST', { script: `return (${expression});`, args: [] });
  }

  async type(text: string): Promise<void> {
    await ask(`${this.session}/actions`, 'POST', { actions: keyActions(text) });
  }

  async stop(): Promise<void> {
    await ask(this.session, 'DELETE');
    for (const each of [this.driver, this.screen]) {
      const ended = once(each, 'exit');
      each.kill('SIGTERM');
      await ended;
    }
    rmSync(this.home, { recursive: true, force: true });
  }
}

/** Runs in the page as soon as it is loaded. What went wrong before that the page itself shows. */
function collectFaults(): void {
  const faults: string[] = [];
  Object.assign(window, { faults });
  if (document.body.textContent.includes('went wrong')) faults.push(document.body.innerText);
  addEventListener('error', ({ message }) => faults.push(message));
  addEventListener('unhandledrejection', ({ reason }) => faults.push(String(reason)));
  addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
    faults.push(`policy violated: ${effectiveDirective} by ${blockedURI}`),
  );
  const { error } = console;
  Object.assign(console, {
    error: (...told: unknown[]) => {
      faults.push(told.map(String).join(' '));
      error(...told);
    },
  });
}

async function ask(url: string, method: string, body?: object): Promise<unknown> {
  const response = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) });
  const { value } = (await response.json()) as { value: unknown };
  if (!response.ok) throw new Error(JSON.stringify(value));
  return value;
}
