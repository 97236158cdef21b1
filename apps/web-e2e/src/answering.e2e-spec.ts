import { openAiChat } from '@echo/testing';
import { type Request } from 'playwright-core';
import { describeInBrowser } from './support/chromium';
import { eventually } from './support/eventually';
import { atEverySize } from './support/every-size';
import { heldAnswer } from './support/held-answer';
import { NOTICED, shiftsOf, watchShiftsOn } from './support/layout-shifts';
import { takePicture, takePictures } from './support/pictures';
import { hasFocus, type Tab } from './support/tab';
import { TestWeb } from './support/test-web';

describeInBrowser('an answer', () => {
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

  const WORDS = 'The answer comes word by word and is shown as it comes.'.split(/(?<= )/);

  /** The lengths that the transcript's text has, one after the other, from now on. */
  async function watchGrowth(): Promise<() => Promise<number[]>> {
    await tab.page.evaluate(() => {
      const lengths: number[] = [];
      Object.assign(window, { lengths });
      new MutationObserver(() => {
        const length = document.querySelector('[role=log] article:nth-of-type(1), [role=log]')?.textContent.length ?? 0;
        if (length !== lengths.at(-1)) lengths.push(length);
      }).observe(document.body, { childList: true, characterData: true, subtree: true });
    });
    return () => tab.page.evaluate(() => (window as unknown as { lengths: number[] }).lengths);
  }

  it('is asked for by Enter and grows step by step while the provider is still writing', async () => {
    web.provider.enqueue(heldAnswer(WORDS, ' The end.', { pace: 60 }));
    const growth = await watchGrowth();
    await watchShiftsOn(tab.page);
    await tab.say('Tell me something');
    await eventually(async () => expect(await tab.message.inputValue()).toBe(''));
    await tab.reads('shown as it comes.');
    expect((await growth()).length).toBeGreaterThan(6);
    expect(await tab.answer.getAttribute('aria-busy')).toBe('true');
    await tab.button('Stop').waitFor();
    expect(await tab.button('Edit').count()).toBe(0);
    const request = await web.question();
    expect(request.json.messages.at(-1)).toEqual({ role: 'user', content: 'Tell me something' });
    // Who reads on with the arrows is left alone.
    await tab.log.focus();
    request.release();
    await tab.reads('The end.');
    await tab.isAtRest();
    expect(await hasFocus(tab.log)).toBe(true);
    await tab.button('Edit').waitFor({ state: 'attached' });
    expect(await tab.answer.getAttribute('aria-busy')).toBeNull();
    expect(await shiftsOf(tab.page, NOTICED)).toEqual([]);
  });

  it('is asked for when the question is on the screen, not before', async () => {
    web.provider.enqueue(openAiChat.text(['Hello.']), openAiChat.text(WORDS));
    // The first message of a page waits for the part that shows messages.
    await tab.say('Hello');
    await tab.reads('Hello.');
    await tab.isAtRest();
    await tab.page.evaluate(() => {
      const { fetch } = window;
      const shown: boolean[] = [];
      Object.assign(window, { shown });
      window.fetch = (input, init) => {
        if (init?.method === 'POST') shown.push(document.querySelector('[role=log]')?.textContent.includes('Show this first') === true);
        return fetch(input, init);
      };
    });
    await tab.say('Show this first');
    await tab.reads('shown as it comes.');
    expect(await tab.page.evaluate(() => (window as unknown as { shown: boolean[] }).shown[0])).toBe(true);
  });

  it('shows that it is on its way before its first word, a caret while it is written, and who is answering', async () => {
    web.provider.enqueue({
      headers: { 'content-type': 'text/event-stream' },
      steps: [{ write: '' }, { hold: true }, ...openAiChat.text(WORDS, { pace: 5, then: [{ stall: true }] }).steps],
    });
    await tab.say('Are you there?');
    await tab.answer.getByText('The answer is on its way.').waitFor();
    await tab.page.getByText(/^Waiting for one/).waitFor();
    await takePictures(tab.page, 'waiting');
    (await web.question()).release();
    await tab.reads('shown as it comes.');
    await tab.page.getByText(/^one is answering · .*tokens/).waitFor();
    await tab.answer.locator('.caret').waitFor();
    await takePictures(tab.page, 'streaming');
    await tab.button('Stop').click();
    await tab.isAtRest();
    expect(await tab.answer.locator('.caret').count()).toBe(0);
  });

  it('is announced at its start and its end, and never word by word', async () => {
    web.provider.enqueue(heldAnswer(WORDS, ' The end.', { pace: 30 }));
    await tab.page.evaluate(() => {
      const spoken: string[] = [];
      Object.assign(window, { spoken });
      const region = document.querySelector('[role=status]');
      if (region)
        new MutationObserver(() => spoken.push(region.textContent)).observe(region, {
          childList: true,
          characterData: true,
          subtree: true,
        });
    });
    await tab.say('Speak');
    await tab.search.focus();
    await tab.reads('shown as it comes.');
    (await web.question()).release();
    await tab.isAtRest();
    expect(await hasFocus(tab.search)).toBe(true);
    const spoken = () => tab.page.evaluate(() => (window as unknown as { spoken: string[] }).spoken);
    await eventually(async () => expect(await spoken()).toEqual([expect.stringMatching(/is answering$/), 'Answer complete, 14 words']));
    expect(await tab.log.getAttribute('aria-live')).toBe('off');
  });

  it('is stopped at the provider within a second, and what was seen is kept', async () => {
    web.provider.enqueue(openAiChat.text(['Seen before ', 'the stop.'], { then: [{ stall: true }] }));
    await tab.say('Go on for ever');
    await tab.reads('Seen before the stop.');
    const request = await web.question();
    const pressed = performance.now();
    await tab.button('Stop').click();
    expect((await request.closed) - pressed).toBeLessThan(1_000);
    expect(request.leftEarly).toBe(true);
    await tab.isAtRest();
    await tab.reads('Seen before the stop.');
    await tab.reads('Stopped by you.');
    await tab.page.reload();
    await tab.reads('Seen before the stop.');
    await tab.reads('Stopped by you.');
    await takePicture(tab.page, 'stopped');
  });

  it('folds what the model thought, and says how long it did so, also later', async () => {
    web.provider.enqueue(heldAnswer([], 'So it is.', { reasoning: ['It may be, ', 'or not.'] }));
    await tab.say('Think');
    const thoughts = tab.answer.locator('summary');
    await tab.answer.getByText('It may be, or not.').waitFor();
    expect(await thoughts.innerText()).toBe('Thinking…');
    await takePictures(tab.page, 'thinking');
    await thoughts.focus();
    await watchShiftsOn(tab.page);
    (await web.question()).release();
    await tab.reads('So it is.');
    await tab.isAtRest();
    expect(await hasFocus(thoughts)).toBe(true);
    expect(await shiftsOf(tab.page, NOTICED)).toEqual([]);
    const told = /^Thought for \d+(\.\d)? s$/;
    expect(await thoughts.innerText()).toMatch(told);
    await tab.page.reload();
    await tab.reads('So it is.');
    expect(await thoughts.innerText()).toMatch(told);
    expect(await tab.answer.getByText('It may be').isVisible()).toBe(false);
    await thoughts.click();
    await tab.answer.getByText('It may be, or not.').waitFor();
    await takePictures(tab.page, 'thoughts');
  });

  it('can be made again by another model, chosen by the keyboard, while the conversation keeps its own', async () => {
    web.provider.enqueue(openAiChat.text(['By one.']), openAiChat.text(['By two.']), openAiChat.text(['By one again.']));
    await tab.ask('Which of you?', 'By one.');
    const menu = tab.page.getByRole('group', { name: 'Another answer by' });
    await tab.button('Answer by another model').press('Enter');
    await menu.waitFor();
    await takePictures(tab.page, 'another-model');
    await tab.page.keyboard.press('Escape');
    await menu.waitFor({ state: 'hidden' });
    expect(await hasFocus(tab.button('Answer by another model'))).toBe(true);
    await tab.page.keyboard.press('Enter');
    await menu.waitFor();
    await tab.page.keyboard.press('ArrowDown');
    await tab.page.keyboard.press('Enter');
    await tab.reads('By two.');
    await tab.isAtRest();
    await tab.button('Regenerate').click();
    await tab.reads('By one again.');
    await tab.isAtRest();
    expect(await Promise.all([0, 1, 2].map(async (index) => (await web.question(index)).json.model as string))).toEqual([
      'one',
      'two',
      'one',
    ]);
    expect(await tab.answer.innerText()).toContain('3 / 3');
  });

  it('can be made again, and every version stays within reach', async () => {
    web.provider.enqueue(openAiChat.text(['The first version.']), openAiChat.text(['The second version.']));
    await tab.ask('Once more', 'The first version.');
    await tab.button('Regenerate').click();
    await tab.reads('The second version.');
    await tab.isAtRest();
    expect(await tab.messages.count()).toBe(2);
    await tab.button('Previous version').click();
    await tab.reads('The first version.');
    await tab.button('Next version').click();
    await tab.reads('The second version.');
    await takePictures(tab.page, 'versions');
    await tab.page.reload();
    await tab.reads('The second version.');
    expect(await tab.answer.innerText()).toContain('2 / 2');
  });

  it('is made again for a question that was changed, which stays as it was beside it', async () => {
    web.provider.enqueue(openAiChat.text(['About cats.']), openAiChat.text(['About dogs.']));
    await tab.ask('Cats?', 'About cats.');
    const editor = tab.page.getByRole('textbox', { name: 'New text' });
    // Once the server's number of it is known.
    await tab.button('Edit').waitFor({ state: 'attached' });
    await tab.message.press('ArrowUp');
    await eventually(async () => expect(await hasFocus(editor)).toBe(true));
    expect(await editor.inputValue()).toBe('Cats?');
    await takePictures(tab.page, 'editor');
    await editor.fill('Dogs?');
    await editor.press('Escape');
    await eventually(async () => expect(await hasFocus(tab.message)).toBe(true));
    await tab.button('Edit').click();
    expect(await editor.inputValue()).toBe('Dogs?');
    await tab.button('Ask again').click();
    await tab.reads('About dogs.');
    await tab.isAtRest();
    expect(await hasFocus(tab.message)).toBe(true);
    expect((await web.question(1)).json.messages).toEqual([{ role: 'user', content: 'Dogs?' }]);
    await tab.button('Previous version').click();
    await tab.reads('About cats.');
    await eventually(async () => expect(await hasFocus(tab.button('Previous version'))).toBe(true));
  });

  it.each(['with the clipboard of a secure page', 'by a selection where there is none, as on plain HTTP'])(
    'is copied as it was written, and as it is shown, %s',
    async (how) => {
      const text = 'A **bold** word and `code`.\n\n- one\n- two';
      if (how.startsWith('with')) await tab.context.grantPermissions(['clipboard-read', 'clipboard-write']);
      else {
        await tab.context.addInitScript(() => Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined }));
        await tab.page.reload();
      }
      web.provider.enqueue(openAiChat.text([text]));
      await tab.ask('Write Markdown', 'bold');
      await tab.message.evaluate((box) =>
        (box as HTMLTextAreaElement).addEventListener(
          'paste',
          ({ clipboardData }) => (box.dataset['pasted'] = clipboardData?.getData('text/html') ?? ''),
        ),
      );
      const pastes = async (button: string, plain: string) => {
        await tab.answer.getByRole('button', { name: button, exact: true }).click();
        await tab.message.focus();
        await eventually(async () => {
          await tab.message.fill('');
          await tab.message.press('Control+v');
          expect(await tab.message.inputValue()).toBe(plain);
        });
        return tab.message.getAttribute('data-pasted');
      };
      expect(await pastes('Copy as Markdown', text)).toBe('');
      expect(await pastes('Copy', 'A bold word and code.\n\n- one\n- two')).toMatch(
        /<strong\b[^>]*>bold<\/strong>.*<li\b[^>]*>one<\/li>\s*<li\b[^>]*>two<\/li>/s,
      );
    },
  );

  it('comes at once where streaming is switched off', async () => {
    web.provider.enqueue(heldAnswer(['Half'], ' and whole.', { pace: 5 }));
    await tab.streaming.click();
    expect(await tab.streaming.isChecked()).toBe(false);
    const sent: Request[] = [];
    tab.page.on('request', (request) => request.method() === 'POST' && sent.push(request));
    await tab.say('All at once');
    const request = await web.question();
    await tab.button('Stop').waitFor();
    expect(sent.map((each) => [new URL(each.url()).pathname, each.postDataJSON().stream])).toEqual([['/api/chat', false]]);
    expect(await tab.log.innerText()).not.toContain('Half');
    request.release();
    await tab.reads('Half and whole.');
    await tab.isAtRest();
    await tab.page.reload();
    await tab.message.waitFor();
    expect(await tab.streaming.isChecked()).toBe(false);
  });

  it('is asked of the model that was chosen', async () => {
    web.provider.enqueue(openAiChat.text(['From two.']), openAiChat.text(['From one.']));
    await eventually(async () => expect(await tab.model.inputValue()).toBe('scripted/one'));
    await tab.model.selectOption('scripted/two');
    await tab.ask('Who are you?', 'From two.');
    expect((await web.question()).json.model).toBe('two');
    await tab.log.getByRole('article', { name: 'Answer by two' }).waitFor();
    await tab.page.reload();
    await eventually(async () => expect(await tab.model.inputValue()).toBe('scripted/two'));
    await tab.model.selectOption('scripted/one');
    await tab.ask('And now?', 'From one.');
    expect((await web.question(1)).json.model).toBe('one');
    await tab.model.selectOption('guide/guide');
    await tab.say('Hello');
    await eventually(async () => expect(await tab.messages.count()).toBe(6));
    await tab.isAtRest();
    expect(web.questions).toHaveLength(2);
  });

  it('that was refused says why in words, without what the provider said, and offers another model', async () => {
    web.provider.enqueue(openAiChat.error(401, { message: 'Incorrect API key sk-secret-1234' }));
    await tab.say('Hi');
    await tab.button('Choose another model').waitFor();
    const words = await tab.answer.innerText();
    expect(words).toMatch(/key/i);
    expect(words).not.toContain('sk-secret');
    await takePictures(tab.page, 'refused');
    web.provider.enqueue(openAiChat.text(['Better.']));
    const menu = tab.page.getByRole('group', { name: 'Another answer by' });
    await atEverySize(tab.page, async () => {
      await tab.button('Choose another model').click();
      await menu.waitFor();
      await tab.page.keyboard.press('Escape');
      await menu.waitFor({ state: 'hidden' });
    });
    await tab.button('Choose another model').click();
    await menu.getByRole('button', { name: 'two' }).click();
    await tab.reads('Better.');
    await tab.isAtRest();
  });

  it('that broke off keeps its words, says so, and can be made again', async () => {
    web.provider.enqueue(openAiChat.text(['Cut in the mid'], { then: [{ wait: 100 }, { cut: true }] }), openAiChat.text(['Whole.']));
    await tab.say('Hi');
    await tab.reads('Cut in the mid');
    await tab.button('Regenerate').waitFor();
    await tab.reads('4 words came');
    expect(await tab.page.getByRole('alert').first().innerText()).not.toBe('');
    await takePictures(tab.page, 'broken-off');
    await tab.button('Regenerate').click();
    await tab.reads('Whole.');
    await tab.isAtRest();
  });

  it('that did not begin is tried again, which is said', async () => {
    web.provider.enqueue(openAiChat.error(503, {}, { 'retry-after': '2' }), openAiChat.text(['At last.']));
    await tab.say('Hi');
    const words = /busy\. (Next try in \d s|Trying again)/;
    await tab.page.locator('echo-status-line').getByText(words).waitFor();
    // Once, not with every second.
    expect(await tab.page.getByRole('status').innerText()).toMatch(words);
    await takePicture(tab.page, 'retrying');
    await tab.reads('At last.');
    await tab.isAtRest();
  });
});
