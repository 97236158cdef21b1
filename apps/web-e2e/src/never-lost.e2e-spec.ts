import { openAiChat } from '@echo/testing';
import { describeInBrowser } from './support/chromium';
import { eventually } from './support/eventually';
import { heldAnswer } from './support/held-answer';
import { takePicture, takePictures } from './support/pictures';
import { type Tab } from './support/tab';
import { TestWeb } from './support/test-web';

describeInBrowser('an answer that is under way', () => {
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

  const PIECES = ['It begins here, ', 'goes on ', 'and waits;'];
  const BEFORE = PIECES.join('');

  it('is shown from its start after a reload, and goes on', async () => {
    web.provider.enqueue(heldAnswer(PIECES, ' then it ends.', { pace: 20 }));
    await tab.say('Reload me');
    await tab.reads(BEFORE);
    await tab.page.reload();
    await tab.reads(BEFORE);
    await tab.button('Stop').waitFor();
    (await web.question()).release();
    await tab.reads(`${BEFORE} then it ends.`);
    await tab.isAtRest();
    expect(await tab.messages.count()).toBe(2);
    expect(web.questions).toHaveLength(1);
  });

  it('is shown as text of the right order after three reloads in a row', async () => {
    const words = Array.from({ length: 60 }, (_, index) => `w${index} `);
    web.provider.enqueue(openAiChat.text(words, { pace: 15 }));
    await tab.say('Many reloads');
    for (const seen of ['w5 ', 'w15 ', 'w25 ']) {
      await tab.reads(seen);
      await tab.page.reload();
    }
    await tab.isAtRest();
    await tab.reads(words.join('').trim());
  });

  it('does not end when the tab is closed, and is there when it is opened again', async () => {
    web.provider.enqueue(heldAnswer(PIECES, ' then it ends.'));
    await tab.say('Close me');
    await tab.reads(BEFORE);
    const id = await tab.conversationId();
    const other = await web.openBeside(tab, '/');
    await tab.page.close();
    await other.listed(/Close me.*answering now/s).waitFor();
    const request = await web.question();
    request.release();
    await request.closed;
    expect(request.leftEarly).toBe(false);
    await other.goto(`/c/${id}`);
    await other.reads(`${BEFORE} then it ends.`);
    await other.isAtRest();
  });

  it('is seen by two tabs alike, and either one can stop it', async () => {
    web.provider.enqueue(heldAnswer(PIECES, ' more;'), openAiChat.text(PIECES, { then: [{ stall: true }] }));
    await tab.say('For two');
    await tab.reads(BEFORE);
    const beside = await web.openBeside(tab, `/c/${await tab.conversationId()}`);
    await beside.reads(BEFORE);
    (await web.question()).release();
    for (const each of [tab, beside]) {
      await each.reads(`${BEFORE} more;`);
      await each.isAtRest();
    }
    await beside.button('Regenerate').click();
    await beside.reads(BEFORE);
    await tab.page.reload();
    await tab.reads(BEFORE);
    await tab.button('Stop').click();
    for (const each of [tab, beside]) {
      await each.reads('Stopped by you.');
      await each.isAtRest();
    }
    expect((await web.question(1)).leftEarly).toBe(true);
  });

  it('does not stand in the way of another one in another conversation', async () => {
    web.provider.enqueue(heldAnswer(['First, '], 'done.'), openAiChat.text(['Second, done.']));
    await tab.say('One');
    await tab.reads('First,');
    await tab.button('New chat').first().click();
    await tab.ask('Two', 'Second, done.');
    await tab.listed(/One/).click();
    await tab.reads('First,');
    (await web.question()).release();
    await tab.reads('First, done.');
    await tab.isAtRest();
  });

  it('survives a connection that is lost for a moment', async () => {
    web.provider.enqueue(heldAnswer(PIECES, ' then it ends.'));
    await tab.say('Flap');
    await tab.reads(BEFORE);
    tab.allow(/ERR_INTERNET_DISCONNECTED|Failed to load resource/);
    await tab.context.setOffline(true);
    await tab.page.evaluate(() => window.dispatchEvent(new Event('offline')));
    (await web.question()).release();
    await tab.context.setOffline(false);
    await tab.reads(`${BEFORE} then it ends.`, 15_000);
    await tab.isAtRest();
  });

  it('ends in words when the server is killed: what was seen is kept, the page comes back by itself', async () => {
    web.provider.enqueue(heldAnswer(PIECES), openAiChat.text([' gone on.']), openAiChat.text(['Made again.']));
    await tab.say('Kill the server');
    await tab.reads(BEFORE);
    const id = await tab.conversationId();
    tab.allow(/ERR_|Failed to load resource/);
    await web.app.stop('SIGKILL');
    await tab.page
      .getByText(/reconnecting/i)
      .first()
      .waitFor();
    await takePictures(tab.page, 'reconnecting');
    await tab.reads(BEFORE);
    await web.restart();
    const restarted = performance.now();
    await tab.button('Regenerate').waitFor({ timeout: 25_000 });
    expect(performance.now() - restarted).toBeLessThan(20_000);
    await tab.reads(BEFORE);
    expect(await tab.answer.innerText()).toMatch(/server (was )?(stopped|restarted|interrupted)/i);
    expect(await tab.answer.innerText()).toMatch(/7 words (came|kept)/);
    expect((await tab.answer.innerText()).match(/kept/g)).toHaveLength(1);
    await takePictures(tab.page, 'interrupted');
    const beside = await web.openBeside(tab, `/c/${id}`);
    await beside.reads(BEFORE);
    await tab.button('Continue').click();
    await tab.reads(`${BEFORE} gone on.`);
    await tab.isAtRest();
    expect((await web.question(1)).json.messages.at(-1)).toEqual({ role: 'assistant', content: BEFORE });
    await beside.reads(`${BEFORE} gone on.`);
    await tab.button('Regenerate').click();
    await tab.reads('Made again.');
    await tab.isAtRest();
    expect(await tab.answer.innerText()).toContain('3 / 3');
  }, 60_000);

  it('is told of also when a part of the page is missing, because the server died before it was loaded', async () => {
    tab.allow(/ERR_|Failed to load resource/);
    const first = await (await fetch(web.app.url)).text();
    await tab.page.route('**/*.js', (route) =>
      first.includes(new URL(route.request().url()).pathname) ? route.continue() : route.abort(),
    );
    await tab.page.reload();
    await tab.message.waitFor();
    web.provider.enqueue(openAiChat.text(['Unseen.']));
    await tab.say('Show me');
    await eventually(async () => expect(await tab.page.getByRole('main').innerText()).toMatch(/Show me.*Unseen\./s), 8_000);
    // In place of the list and of the transcript's other half.
    await eventually(async () => expect(await tab.button('Reload').count()).toBe(2));
    await tab.button('Connect a model').click();
    await eventually(async () => expect(await tab.button('Reload').count()).toBe(3));
    await takePicture(tab.page, 'part-missing');
  });

  it('is never asked for twice: what could not be sent stays, and is sent when the person says so', async () => {
    web.provider.enqueue(openAiChat.text(['Hello.']), openAiChat.text(['Got it.']));
    await tab.ask('Hi', 'Hello.');
    tab.allow(/ERR_|Failed to load resource/);
    await web.app.stop('SIGKILL');
    await tab.say('Into the void');
    await tab.page.getByText('Not sent. Your text is kept here.').waitFor({ timeout: 20_000 });
    expect(await tab.messages.last().innerText()).toMatch(/kept here\. .*server.*\./);
    await takePictures(tab.page, 'not-sent');
    await web.restart();
    await tab.button('Retry').first().click();
    await tab.reads('Got it.');
    await tab.isAtRest();
    expect(await tab.messages.count()).toBe(4);
    expect(web.questions).toHaveLength(2);
  });
});
