import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BidiConnection } from './bidi-connection';
import { type OtherBrowser } from './other-browser';
import { keyActions } from './web-driver-keys';

/** What Firefox prints once it can be driven. */
const LISTENING = /WebDriver BiDi listening on (ws:\/\/\S+)/;
/** Nothing of its own accord to anybody, no page of welcome, no question. */
const PREFERENCES = {
  'app.update.disabledForTesting': true,
  'browser.aboutwelcome.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.page': 0,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'toolkit.telemetry.reportingpolicy.firstRun': false,
};

/** Firefox, driven by WebDriver BiDi without a driver in between. */
export class Firefox implements OtherBrowser {
  private constructor(
    private readonly heard: readonly string[],
    private readonly process: ChildProcess,
    private readonly profile: string,
    private readonly connection: BidiConnection,
    private readonly context: string,
  ) {}

  static async start(executable: string): Promise<Firefox> {
    const profile = mkdtempSync(join(tmpdir(), 'echo-firefox-'));
    const lines = Object.entries(PREFERENCES).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`);
    writeFileSync(join(profile, 'user.js'), lines.join('\n'));
    const args = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port=0', 'about:blank'];
    const browser = spawn(executable, args, { env: { PATH: process.env['PATH'], HOME: profile }, stdio: ['ignore', 'ignore', 'pipe'] });
    const url = await listening(browser);
    const faults: string[] = [];
    const connection = await BidiConnection.open(`${url}/session`, (_, { level, text }) => {
      if (level === 'error') faults.push(String(text));
    });
    await connection.send('session.new', { capabilities: {} });
    await connection.send('session.subscribe', { events: ['log.entryAdded'] });
    const { contexts } = (await connection.send('browsingContext.getTree', {})) as { contexts: { context: string }[] };
    // What was reported before is of the browser's own start.
    faults.length = 0;
    return new Firefox(faults, browser, profile, connection, contexts[0]?.context ?? '');
  }

  faults(): Promise<readonly string[]> {
    return Promise.resolve(this.heard);
  }

  async open(url: string): Promise<void> {
    await this.connection.send('browsingContext.navigate', { context: this.context, url, wait: 'complete' });
  }

  async evaluate(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = await this.connection.send('script.evaluate', {
      expression: `JSON.stringify(${expression})`,
      target: { context: this.context },
      awaitPromise: true,
    });
    if (exceptionDetails) throw new Error((exceptionDetails as { text: string }).text);
    const { value } = result as { value?: string };
    return value === undefined ? undefined : JSON.parse(value);
  }

  async type(text: string): Promise<void> {
    await this.connection.send('input.performActions', { context: this.context, actions: keyActions(text) });
  }

  async stop(): Promise<void> {
    this.connection.close();
    const ended = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    await ended;
    rmSync(this.profile, { recursive: true, force: true });
  }
}

async function listening(browser: ChildProcess): Promise<string> {
  let output = '';
  browser.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text));
  for (;;) {
    const url = LISTENING.exec(output)?.[1];
    if (url !== undefined) return url;
    if (browser.exitCode !== null) throw new Error(`Firefox ended:\n${output}`);
    await Promise.race([browser.stderr && once(browser.stderr, 'data'), once(browser, 'exit')]);
  }
}
