import { openAiChat } from '@echo/testing';
import { describeInBrowser } from './support/chromium';
import { heldAnswer } from './support/held-answer';
import { takePictures } from './support/pictures';
import { type Tab } from './support/tab';
import { TestWeb } from './support/test-web';

describeInBrowser('an answer that ended early', () => {
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

  const BEGINNING = 'Once upon a time there was ';

  /** Every text that the last answer has from now on, one after the other. */
  async function watchAnswer(): Promise<() => Promise<string[]>> {
    await tab.page.evaluate(() => {
      const texts: string[] = [];
      Object.assign(window, { texts });
      const look = () => {
        const text = [...document.querySelectorAll('[role=log] echo-assistant-message echo-safe-markdown')].at(-1)?.textContent ?? '';
        if (text !== texts.at(-1)) texts.push(text);
      };
      look();
      new MutationObserver(look).observe(document.body, { childList: true, characterData: true, subtree: true });
    });
    return () => tab.page.evaluate(() => (window as unknown as { texts: string[] }).texts);
  }

  it('is gone on with as another version, and its words stand still', async () => {
    web.provider.enqueue(
      openAiChat.text([BEGINNING], { then: [{ stall: true }] }),
      heldAnswer(['a queen ', 'who read.'], ' The end.', { pace: 20 }),
    );
    await tab.say('A story');
    await tab.reads(BEGINNING.trim());
    await tab.button('Stop').click();
    await tab.button('Continue').waitFor();
    await takePictures(tab.page, 'can-continue');
    const seen = await watchAnswer();
    await tab.button('Continue').click();
    await tab.reads(`${BEGINNING}a queen who read.`);
    const request = await web.question(1);
    expect(request.json.messages.at(-1)).toEqual({ role: 'assistant', content: BEGINNING });
    request.release();
    await tab.reads(`${BEGINNING}a queen who read. The end.`);
    await tab.isAtRest();
    const texts = await seen();
    expect(texts.filter((text) => !text.startsWith(BEGINNING.trim()))).toEqual([]);
    expect(await tab.answer.innerText()).toContain('2 / 2');
    expect(await tab.button('Continue').count()).toBe(0);
    await takePictures(tab.page, 'continued');
    await tab.button('Previous version').click();
    await tab.reads('Stopped by you.');
    await tab.button('Continue').waitFor();
  });

  it('by the length limit says so, and is gone on with', async () => {
    web.provider.enqueue(openAiChat.text([BEGINNING], { finish: 'length' }), openAiChat.text(['nobody.']));
    await tab.say('A short story');
    await tab.reads('Cut at the model’s length limit.');
    await tab.button('Continue').click();
    await tab.reads(`${BEGINNING}nobody.`);
    await tab.isAtRest();
    expect(await tab.answer.innerText()).not.toContain('length limit');
  });

  it('by a model that cannot go on says so, and is made again', async () => {
    await tab.page.route('**/api/models', async (route) => {
      const answer = await route.fetch();
      const list = await answer.json();
      await route.fulfill({
        response: answer,
        json: { ...list, models: list.models.map((model: object) => ({ ...model, continues: false })) },
      });
    });
    await tab.page.reload();
    web.provider.enqueue(openAiChat.text([BEGINNING], { then: [{ stall: true }] }), openAiChat.text(['Another story.']));
    await tab.say('A story');
    await tab.reads(BEGINNING.trim());
    await tab.button('Stop').click();
    await tab.reads('one cannot go on from where it stopped; regenerate the answer.');
    expect(await tab.button('Continue').count()).toBe(0);
    await takePictures(tab.page, 'cannot-continue');
    await tab.button('Regenerate').click();
    await tab.reads('Another story.');
    await tab.isAtRest();
  });
});
