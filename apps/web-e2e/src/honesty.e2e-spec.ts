import { openAiChat } from '@echo/testing';
import { describeInBrowser } from './support/chromium';
import { eventually } from './support/eventually';
import { atEverySize } from './support/every-size';
import { heldAnswer } from './support/held-answer';
import { keepPicture, takePicture, takePictures } from './support/pictures';
import { hasFocus, type Tab } from './support/tab';
import { TestWeb } from './support/test-web';

/** Milliseconds without a word from a model until the page says so. */
const DEFAULT_PATIENCE = 60_000;

describeInBrowser('the page says', () => {
  let web: TestWeb;
  let tab: Tab;

  beforeAll(async () => {
    web = await TestWeb.start();
  });
  afterAll(() => web.stop());
  afterEach(() => web.endWalk());

  const WORDS = Array.from({ length: 20 }, (_, index) => `word${index} `);

  it('with ?debug what happens on its connections while it happens, and not what was written', async () => {
    tab = await web.open('/?debug');
    const panel = tab.page.getByRole('region', { name: 'Stream debugging' });
    await panel.getByText('Nothing yet').waitFor();
    web.provider.enqueue(heldAnswer(WORDS, 'end.', { pace: 20 }));
    await tab.say('Watch this');
    await tab.conversationId();
    await panel.getByRole('cell', { name: 'POST /chat', exact: true }).waitFor();
    await panel.getByRole('cell', { name: 'start', exact: true }).waitFor();
    await panel
      .getByText(/^content, \d+ characters$/)
      .first()
      .waitFor();
    expect(await panel.innerText()).not.toContain('word1');
    (await web.question()).release();
    await panel.getByText('ended after the last event').waitFor();
    await tab.isAtRest();
    expect(await panel.innerText()).not.toContain('a proxy on the way');
    await takePictures(tab.page, 'debug');
    await tab.button('Close stream debugging').click();
    await panel.waitFor({ state: 'detached' });
    await eventually(async () => expect(await hasFocus(tab.message)).toBe(true));
  });

  it('with ?debug that a proxy holds the answer back', async () => {
    tab = await web.open('/?debug');
    // It tells of what it has seen from its beginning.
    await tab.page.getByText('Nothing yet').waitFor();
    await tab.page.route('**/api/chat', async (route) => route.fulfill({ response: await route.fetch() }));
    web.provider.enqueue(openAiChat.text(WORDS, { pace: 100 }));
    await tab.ask('Through a bad proxy', 'word19');
    await tab.page.getByText('a proxy on the way buffers the answer').waitFor();
    await takePicture(tab.page, 'debug-buffered');
  });

  it('that there is no network, at rest and in the middle of an answer, and goes on when it is back', async () => {
    tab = await web.open();
    tab.allow(/ERR_INTERNET_DISCONNECTED/);
    const said = (words: string) => tab.page.getByText(words).first().waitFor();
    await tab.page.locator('echo-status-line').waitFor({ state: 'attached' });
    await atEverySize(tab.page, async ({ width, colorScheme }) => {
      await tab.context.setOffline(true);
      await said('You are offline. What you write is kept');
      await keepPicture(tab.page, `offline-${width}-${colorScheme}`);
      await tab.context.setOffline(false);
      await tab.page.getByText('You are offline').first().waitFor({ state: 'detached' });
    });
    web.provider.enqueue(heldAnswer(['Before, '], 'after.'));
    await tab.say('Through a tunnel');
    await tab.reads('Before,');
    await tab.context.setOffline(true);
    await said('You are offline. The answer goes on');
    await takePicture(tab.page, 'offline-answering');
    (await web.question()).release();
    await tab.context.setOffline(false);
    await tab.reads('Before, after.', 15_000);
    await tab.isAtRest();
  });

  it('that something on it went wrong, and offers to load it again', async () => {
    tab = await web.open();
    await tab.message.fill('not lost');
    const failed = tab.page.locator('echo-page-failed').filter({ hasText: 'Something on this page went wrong.' });
    const alert = tab.page.getByRole('alert').filter({ hasText: 'Something on this page went wrong.' });
    const fail = async () => {
      await tab.page.evaluate(() => {
        setTimeout(() => {
          throw new Error('a fault in the page');
        });
      });
      await failed.waitFor();
    };
    await fail();
    expect(await alert.count()).toBe(1);
    await eventually(() => expect(tab.faults.length).toBeGreaterThan(0));
    tab.allow(/a fault in the page/);
    await takePictures(tab.page, 'page-failed');
    await atEverySize(tab.page, async () => {
      await tab.button('Go on as it is').click();
      await failed.waitFor({ state: 'detached' });
      await alert.waitFor({ state: 'detached' });
      expect(await tab.message.inputValue()).toBe('not lost');
      await fail();
    });
  });

  it('that a part of it could not be loaded', async () => {
    tab = await web.open();
    tab.allow(/chunk-|dynamically imported/);
    await tab.page
      .getByRole('button', { name: /Settings|You/ })
      .or(tab.page.getByRole('link', { name: 'Settings' }))
      .first()
      .waitFor();
    await tab.page.route('**/chunk-*.js', (route) => route.abort());
    await tab.page.evaluate(() => {
      history.pushState(null, '', '/settings/keys');
      dispatchEvent(new PopStateEvent('popstate'));
    });
    await tab.page.getByText('A part of this page could not be loaded.').first().waitFor();
    tab.allow(/dynamically imported/);
    await takePicture(tab.page, 'part-missing');
  });

  it('after a while why it has not started', async () => {
    tab = await web.open();
    tab.allow(/main-\w+\.js/);
    await tab.page.route('**/main-*.js', (route) => route.abort());
    await tab.page.reload();
    const words = tab.page.getByText('EchoV2 has not started yet');
    await words.waitFor({ state: 'attached' });
    expect(await words.isVisible()).toBe(false);
    // Eight seconds later.
    await tab.page.evaluate(() => document.getAnimations().forEach((animation) => animation.finish()));
    await words.waitFor();
    await takePictures(tab.page, 'not-started');
  });

  it('that a browser is too old which starts it and has not what it needs, and what it needs where nothing is started', async () => {
    tab = await web.open();
    await tab.context.addInitScript(() => Reflect.deleteProperty(HTMLElement.prototype, 'popover'));
    await tab.page.reload();
    await tab.page.getByRole('heading', { name: 'This browser is too old' }).waitFor();
    await tab.page.getByText('Firefox 125').waitFor();
    expect(await tab.message.count()).toBe(0);
    await takePictures(tab.page, 'too-old');
    const without = await web.open('/', { javaScriptEnabled: false }, false);
    const words = without.page.locator('noscript');
    await words.waitFor();
    expect(await words.textContent()).toBe('EchoV2 is a web application and needs JavaScript.');
  });

  it('that a model has sent nothing for a while, and lets the person end it', async () => {
    tab = await web.open();
    // A minute is as long as it takes otherwise.
    await tab.context.addInitScript((patience) => {
      const later = window.setTimeout.bind(window);
      window.setTimeout = ((work: () => void, ms = 0) => later(work, ms === patience ? 200 : ms)) as typeof window.setTimeout;
    }, DEFAULT_PATIENCE);
    await tab.page.reload();
    await tab.message.waitFor();
    web.provider.enqueue(openAiChat.text(['It begins, and then '], { then: [{ stall: true }] }));
    await tab.say('Do not stop');
    await tab.page.getByText('Nothing came for a while').first().waitFor();
    await takePictures(tab.page, 'stalled');
    await tab.button('End it here').click();
    await tab.reads('Stopped by you.');
    await tab.isAtRest();
  });
});
