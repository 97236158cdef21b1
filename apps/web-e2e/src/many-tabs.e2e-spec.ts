import { openAiChat } from '@echo/testing';
import { describeInBrowser } from './support/chromium';
import { eventually } from './support/eventually';
import { heldAnswer } from './support/held-answer';
import { takePicture, takePictures } from './support/pictures';
import { type Tab } from './support/tab';
import { TestWeb } from './support/test-web';

describeInBrowser('the tabs of a browser', () => {
  let web: TestWeb;
  let tab: Tab;

  beforeAll(async () => {
    web = await TestWeb.start();
  });
  afterAll(() => web.stop());
  beforeEach(async () => {
    tab = await web.open();
  });
  afterEach(() => web.endWalk());

  /** Makes the page of a tab hidden, or seen again, for itself: a browser without a screen never does. */
  const show = (of: Tab, visible: boolean) =>
    of.page.evaluate((seen) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => !seen });
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => (seen ? 'visible' : 'hidden') });
      document.dispatchEvent(new Event('visibilitychange'));
    }, visible);

  /** Streams that a page has open. */
  async function watchStreams(of: Tab): Promise<() => number> {
    const open = new Set<unknown>();
    of.page.on('request', (request) => /\/events\?|\/api\/chat$/.test(request.url()) && open.add(request));
    of.page.on('requestfinished', (request) => open.delete(request)).on('requestfailed', (request) => open.delete(request));
    return Promise.resolve(() => open.size);
  }

  it('show a question of one of them in the other, and the same text of its answer all the while', async () => {
    web.provider.enqueue(openAiChat.text(['Here.']), heldAnswer(['It begins here, ', 'goes on '], 'and ends.', { pace: 20 }));
    await tab.ask('First', 'Here.');
    const beside = await web.openBeside(tab, `/c/${await tab.conversationId()}`);
    await beside.reads('Here.');
    await tab.say('Second');
    for (const each of [tab, beside]) await each.reads('It begins here, goes on');
    await beside.button('Stop').waitFor();
    expect(await beside.messages.count()).toBe(4);
    expect(await beside.log.innerText()).toContain('Second');
    (await web.question(1)).release();
    for (const each of [tab, beside]) {
      await each.reads('It begins here, goes on and ends.');
      await each.isAtRest();
    }
    expect(web.questions).toHaveLength(2);
  });

  it('show another answer that one of them asks for, a new title, and that a conversation is gone', async () => {
    web.provider.enqueue(openAiChat.text(['One way.']), openAiChat.text(['Another way.']));
    await tab.ask('Which way?', 'One way.');
    const beside = await web.openBeside(tab, `/c/${await tab.conversationId()}`);
    await beside.reads('One way.');
    await tab.button('Regenerate').click();
    for (const each of [tab, beside]) {
      await each.reads('Another way.');
      await each.isAtRest();
    }
    await tab.conversations.getByRole('button', { name: 'Options' }).first().click();
    await tab.button('Rename').click();
    await tab.page.getByRole('textbox', { name: 'Title' }).fill('Ways');
    await tab.page.keyboard.press('Enter');
    await beside.listed('Ways').waitFor();
    await beside.page.getByRole('heading', { name: 'Ways', level: 1 }).waitFor();
    await tab.conversations.getByRole('button', { name: 'Options' }).first().click();
    await tab.button('Delete…').click();
    await tab.button('Delete').click();
    beside.allow(/404|Failed to load resource/);
    await beside.page.getByRole('heading', { name: 'There is no such conversation' }).waitFor();
    await eventually(async () => expect(await beside.listed('Ways').count()).toBe(0));
  });

  it('show in their lists what is being answered and what has an unread answer, until one of them has shown it', async () => {
    web.provider.enqueue(heldAnswer(['Slowly '], 'done.'));
    const beside = await web.openBeside(tab, '/');
    await tab.say('Take your time');
    await tab.reads('Slowly');
    await beside.listed(/Take your time.*answering now/s).waitFor();
    await show(tab, false);
    (await web.question()).release();
    await beside.listed(/Take your time.*unread answer/s).waitFor({ timeout: 15_000 });
    await eventually(async () => expect(await tab.page.title()).toMatch(/^● Take your time/), 10_000);
    web.provider.enqueue(heldAnswer(['Also ']));
    await beside.say('Another one');
    await beside.reads('Also');
    await beside.button('New chat').first().click();
    await beside.listed(/Another one.*answering now/s).waitFor();
    await takePictures(beside.page, 'unread');
    const wide = beside.page.viewportSize();
    await beside.page.setViewportSize({ width: 360, height: 720 });
    await beside.button('Open conversation list').click();
    await beside.listed(/Take your time.*unread answer/s).waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await beside.page.emulateMedia({ colorScheme });
      await takePicture(beside.page, `unread-list-360-${colorScheme}`);
    }
    if (wide) await beside.page.setViewportSize(wide);
    (await web.question(1)).release();
    await show(tab, true);
    await eventually(async () => expect(await tab.page.title()).toMatch(/^Take your time/));
    await beside.conversations.getByRole('link', { name: 'Take your time', exact: true }).waitFor();
    await tab.listed(/Take your time.*answer done/s).waitFor();
    await tab.reads('Slowly done.');
    await takePictures(tab.page, 'done');
    await tab.page.reload();
    await tab.conversations.getByRole('link', { name: 'Take your time', exact: true }).waitFor();
  });

  it('mark nothing as unread that is seen as it ends', async () => {
    const beside = await web.openBeside(tab, '/');
    const marks = await beside.page.evaluateHandle(() => {
      const seen = { unread: false };
      // Other walks have left unread answers in the list.
      const isMarked = () => [...document.querySelectorAll('nav a')].some((link) => /Watch it.*unread/s.test(link.textContent));
      new MutationObserver(() => (seen.unread ||= isMarked())).observe(document.body, { childList: true, subtree: true });
      return seen;
    });
    web.provider.enqueue(heldAnswer(['Watched '], 'to its end.'));
    await tab.say('Watch it');
    await tab.reads('Watched');
    await beside.listed(/Watch it.*answering now/s).waitFor();
    (await web.question()).release();
    await tab.reads('Watched to its end.');
    await beside.conversations.getByRole('link', { name: 'Watch it', exact: true }).waitFor();
    expect(await marks.evaluate(({ unread }) => unread)).toBe(false);
  });

  it('learn of other devices by themselves', async () => {
    web.provider.enqueue(openAiChat.text(['Here.']), openAiChat.text(['There.']));
    await tab.ask('First', 'Here.');
    const device = await web.open(`/c/${await tab.conversationId()}`);
    await device.reads('Here.');
    await device.ask('Second', 'There.');
    await tab.reads('There.', 20_000);
    expect(await tab.messages.count()).toBe(4);
  }, 45_000);

  it('have eight answers at once over plain HTTP/1.1, and the server hears everything else within a second', async () => {
    const words = Array.from({ length: 30 }, (_, index) => `w${index} `);
    web.answerBy(({ json }) =>
      json.stream ? openAiChat.text([...words, `of ${json.messages.at(-1).content}.`], { pace: 300 }) : undefined,
    );
    const tabs = [tab];
    while (tabs.length < 8) tabs.push(await web.openBeside(tab, '/'));
    const streams = await Promise.all(tabs.map(watchStreams));
    for (const [index, each] of tabs.entries()) await each.say(`question ${index}`);
    for (const each of tabs) await each.reads('w2', 10_000);
    const delays: number[] = [];
    const held: number[] = [];
    while ((await tabs.at(-1)?.answer.innerText())?.includes('w29') === false) {
      delays.push(
        await tab.page.evaluate(async () => {
          const asked = performance.now();
          await (await fetch('/api/conversations')).json();
          return performance.now() - asked;
        }),
      );
      held.push(streams.reduce((sum, open) => sum + Number(open() > 0), 0));
    }
    for (const [index, each] of tabs.entries()) {
      await each.reads(`${words.join('')}of question ${index}.`, 10_000);
      await each.isAtRest();
    }
    expect(delays.length).toBeGreaterThan(2);
    expect(Math.max(...delays)).toBeLessThan(1_000);
    // Four that hold theirs, and those that look in.
    expect(held.sort((one, other) => one - other)[Math.floor(held.length / 2)]).toBeLessThanOrEqual(6);
    expect(web.questions).toHaveLength(8);
  }, 60_000);

  it('hang up while nobody sees them, and are back at once', async () => {
    web.provider.enqueue(heldAnswer(['Before, '], 'after.'));
    const open = await watchStreams(tab);
    await tab.say('Hide me');
    await tab.reads('Before,');
    expect(open()).toBe(1);
    await show(tab, false);
    await eventually(() => expect(open()).toBe(0), 4_000);
    await show(tab, true);
    await eventually(() => expect(open()).toBe(1), 1_000);
    (await web.question()).release();
    await tab.reads('Before, after.');
    await tab.isAtRest();
  });

  it('resume at once when the network is back, however long they would have waited', async () => {
    web.provider.enqueue(heldAnswer(['Before, '], 'after.'));
    await tab.say('Away');
    await tab.reads('Before,');
    // Its code cannot be fetched once the network is gone.
    await tab.page.locator('echo-status-line').waitFor({ state: 'attached' });
    tab.allow(/ERR_INTERNET_DISCONNECTED|Failed to load resource/);
    let failed = 0;
    tab.page.on('requestfailed', () => failed++);
    await tab.context.setOffline(true);
    // The browser's emulation lets open streams live; this ends them.
    await tab.page.evaluate(() => window.stop());
    await tab.page.getByText('You are offline. The answer goes on').first().waitFor();
    // From the sixth on, there are two seconds at least between two tries.
    await eventually(() => expect(failed).toBeGreaterThanOrEqual(6), 15_000);
    (await web.question()).release();
    await tab.context.setOffline(false);
    const back = performance.now();
    await tab.reads('Before, after.');
    expect(performance.now() - back).toBeLessThan(1_500);
    await tab.isAtRest();
  });

  it('resume at once when the machine has slept, though the old connection still looks alive', async () => {
    web.provider.enqueue(heldAnswer(['Before, '], 'after.'));
    await tab.say('Sleep');
    await tab.reads('Before,');
    const resumed = tab.page.waitForRequest(/\/events\?after=[1-9]/, { timeout: 2_500 });
    await tab.page.evaluate(() => {
      const now = Date.now.bind(Date);
      Date.now = () => now() + 8 * 3_600_000;
    });
    await resumed;
    (await web.question()).release();
    await tab.reads('Before, after.');
    await tab.isAtRest();
    expect(web.questions).toHaveLength(1);
  });
});
