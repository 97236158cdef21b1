import { openAiChat } from '@echo/testing';
import { describeInBrowser } from './support/chromium';
import { eventually } from './support/eventually';
import { atEverySize } from './support/every-size';
import { heldAnswer } from './support/held-answer';
import { takePicture, takePictures } from './support/pictures';
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
      await takePicture(tab.page, `offline-${width}-${colorScheme}`);
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

  it('that a message is on its way, and why a request was refused, until that is read', async () => {
    tab = await web.open();
    let send: () => void = () => undefined;
    await tab.page.route('**/api/chat', async (route) => {
      await new Promise<void>((resolve) => (send = resolve));
      await route.continue();
    });
    web.provider.enqueue(openAiChat.text(['It came.']));
    await tab.say('Are you there?');
    await tab.page
      .getByText(/^Sending/)
      .first()
      .waitFor();
    await takePictures(tab.page, 'sending');
    send();
    await tab.reads('It came.');
    await tab.isAtRest();

    tab.allow(/status of 409/);
    const problem = { code: 'conflict', detail: 'Something else is being done with this answer.', request_id: 'r-1' };
    await tab.page.route('**/regenerate', (route) => route.fulfill({ status: 409, json: problem }));
    await tab.button('Regenerate').click();
    const alert = tab.page.getByRole('alert').filter({ hasText: problem.detail });
    await alert.waitFor();
    await takePictures(tab.page, 'refused');
    await tab.tabTo(tab.button('Dismiss'));
    await tab.page.keyboard.press('Enter');
    await alert.waitFor({ state: 'detached' });
    await tab.reads('It came.');
  });

  it('that a conversation and the list could not be read, and reads them again', async () => {
    tab = await web.open();
    web.provider.enqueue(openAiChat.text(['It is still there.']));
    await tab.ask('To be read again', 'It is still there.');
    await tab.conversationId();
    tab.allow(/status of 500/);
    const reading = /\/api\/conversations(\?|\/\d+(\/messages)?(\?|$))/;
    await tab.page.route(reading, (route) => route.fulfill({ status: 500, body: 'A page of somebody else.' }));
    await tab.page.reload();
    await tab.page.getByRole('heading', { name: 'The conversation could not be opened' }).waitFor();
    await tab.button('Load again').waitFor();
    await takePictures(tab.page, 'could-not-be-read');
    await tab.page.unroute(reading);
    await tab.button('Try again').click();
    await tab.reads('It is still there.');
    await tab.button('Load again').click();
    await tab.listed('To be read again').waitFor();
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

  it.each([
    ['that a part of it could not be loaded', 'part-missing', true],
    ['that a part of it could not be loaded, nor the part that says so', 'part-missing-bare', false],
  ])('%s', async (_what, picture, isPrefetched) => {
    tab = await web.open();
    if (!isPrefetched) {
      await tab.context.addInitScript(() => (window.requestIdleCallback = () => 0));
      await tab.page.reload();
    } else {
      await tab.page.waitForLoadState('networkidle');
    }
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
    expect(await tab.button('Go on as it is').count()).toBe(isPrefetched ? 1 : 0);
    expect(await tab.page.getByRole('alert').filter({ hasText: 'A part of this page could not be loaded.' }).count()).toBe(1);
    const words = tab.page.getByRole('region', { name: 'Fault of the page' });
    expect(
      await words.evaluate((region) => region.contains(document.elementFromPoint(innerWidth / 2, region.getBoundingClientRect().top + 20))),
    ).toBe(true);
    await takePictures(tab.page, picture);
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
    await tab.tabTo(tab.button('End it here'), 'Shift+Tab');
    await tab.page.keyboard.press('Enter');
    await tab.reads('Stopped by you.');
    await tab.isAtRest();
  });
});
