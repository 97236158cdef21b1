import { EchoApp, openAiChat, ScriptedProvider, startTestPostgres, type TestPostgres } from '@echo/testing';
import { Firefox } from './other-browsers/firefox';
import { type OtherBrowser } from './other-browsers/other-browser';
import { WebKit } from './other-browsers/webkit';
import { eventually } from './support/eventually';
import { heldAnswer } from './support/held-answer';

declare global {
  /** Set by `jest.config.js`. */
  var FIREFOX: string | null;
  var WEBKIT: { readonly driver: string; readonly screen: string } | null;
}

const { FIREFOX, WEBKIT } = globalThis;
const BROWSERS = [
  { name: 'Firefox', start: FIREFOX === null ? undefined : () => Firefox.start(FIREFOX) },
  { name: 'WebKit', start: WEBKIT === null ? undefined : () => WebKit.start(WEBKIT) },
];
/** Seconds are lost at a browser's first start on a busy machine. */
const START_MS = 60_000;

describe.each(BROWSERS)('in $name', ({ start }) => {
  const walk = start === undefined ? it.skip : it;
  let app: EchoApp;
  let provider: ScriptedProvider;
  let postgres: TestPostgres;
  let browser: OtherBrowser;

  beforeAll(async () => {
    if (start === undefined) return;
    [provider, postgres] = await Promise.all([ScriptedProvider.start(), startTestPostgres()]);
    provider.answer = ({ path }) => (path.endsWith('/models') ? openAiChat.models('one') : undefined);
    const providers = [{ id: 'scripted', wire: 'openai-chat', base_url: provider.baseUrl, models: ['one'] }];
    const env = { DATABASE_URL: postgres.url, ECHO_PROVIDERS: JSON.stringify(providers) };
    [app, browser] = await Promise.all([EchoApp.start({ env }), start()]);
  }, START_MS);
  afterAll(async () => {
    if (start === undefined) return;
    await browser.stop();
    await app.stop('SIGKILL');
    await provider.stop();
    await postgres.stop();
  }, START_MS);

  const text = (selector: string) => browser.evaluate(`document.querySelector(${JSON.stringify(selector)})?.innerText ?? ''`);
  const reads = (words: string) => eventually(async () => expect(await text('[role=log]')).toContain(words), 10_000);
  const isAtRest = () =>
    eventually(
      async () => expect(await browser.evaluate(`document.querySelector('.send')?.getAttribute('aria-label')`)).toBe('Send'),
      10_000,
    );
  const questions = () => provider.requests.filter(({ path }) => path.endsWith('/chat/completions'));

  async function openPage(): Promise<void> {
    await browser.open(app.url);
    // A browser without a pointing device does not begin there by itself.
    await eventually(() => browser.evaluate(`document.querySelector('#composer').focus()`), 10_000);
  }

  async function reload(): Promise<void> {
    const path = await eventually(async () => {
      const path = String(await browser.evaluate('location.pathname'));
      expect(path).toMatch(/^\/c\/\d+$/);
      return path;
    });
    await browser.open(`${app.url}${path}`);
  }

  async function say(words: string): Promise<void> {
    await browser.type(`${words}\n`);
  }

  walk('an answer is shown while it is written, survives a reload in the middle, and ends', async () => {
    provider.enqueue(heldAnswer(['It **begins** here, ', 'goes on ', 'and waits;'], ' then it ends.', { pace: 20 }));
    await openPage();
    await say('Reload me');
    await reads('It begins here, goes on and waits;');
    expect(await browser.evaluate(`document.querySelector('[role=log] strong')?.textContent`)).toBe('begins');
    await reload();
    await reads('It begins here, goes on and waits;');
    questions()[0]?.release();
    await reads('and waits; then it ends.');
    await isAtRest();
    expect(await browser.evaluate(`document.querySelectorAll('[role=log] article').length`)).toBe(2);
    expect(questions()).toHaveLength(1);
    expect(await browser.faults()).toEqual([]);
  });

  walk('an answer is stopped, and what was seen is kept', async () => {
    provider.enqueue(openAiChat.text(['Kept words, '], { then: [{ stall: true }] }));
    await openPage();
    await say('Stop me');
    await reads('Kept words,');
    await browser.type('\x1b');
    await isAtRest();
    await reads('Stopped by you.');
    await reload();
    await reads('Kept words,');
    await reads('Stopped by you.');
    expect(await browser.faults()).toEqual([]);
    // Else it would say so of every page.
    await browser.evaluate(`void setTimeout(() => { throw new Error('a fault on purpose'); })`);
    await eventually(async () => expect((await browser.faults()).join()).toContain('a fault on purpose'));
  });
});
