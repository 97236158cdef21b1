import { openAiChat } from '@echo/testing';
import { describeInBrowser } from './support/chromium';
import { eventually } from './support/eventually';
import { heldAnswer } from './support/held-answer';
import { atEverySize, overflowOf } from './support/every-size';
import { keepPicture, takePicture, takePictures } from './support/pictures';
import { hasFocus, type Tab } from './support/tab';
import { TestWeb } from './support/test-web';
import { WIDE_ANSWER } from './support/wide-answer';

describeInBrowser('the page', () => {
  let web: TestWeb;

  beforeAll(async () => {
    web = await TestWeb.start();
  });
  afterAll(() => web.stop());
  afterEach(() => web.endWalk());

  it('is used by the keyboard alone, from the first word to the deleted conversation', async () => {
    const tab = await web.open();
    const { keyboard } = tab.page;
    web.provider.enqueue(
      openAiChat.text(['Endless '], { then: [{ stall: true }] }),
      openAiChat.text(['Again.']),
      openAiChat.text(['By two.']),
    );
    await tab.tabTo(tab.page.getByRole('link', { name: 'Skip to the message box' }));
    await takePicture(tab.page, 'skip-link');
    await keyboard.press('Enter');
    await eventually(async () => expect(await hasFocus(tab.message)).toBe(true));

    await keyboard.type('By hand');
    await keyboard.press('Enter');
    await tab.reads('Endless');
    await keyboard.press('Escape');
    await tab.reads('Stopped by you.');
    await tab.isAtRest();
    expect(await hasFocus(tab.message)).toBe(true);

    await tab.tabTo(tab.button('Regenerate'), 'Shift+Tab');
    await takePicture(tab.page, 'focus-regenerate');
    await keyboard.press('Enter');
    await tab.reads('Again.');
    await tab.isAtRest();

    await keyboard.press('Shift+Escape');
    await tab.tabTo(tab.model, 'Tab');
    await keyboard.type('two');
    await eventually(async () => expect(await tab.model.inputValue()).toBe('scripted/two'));
    await tab.tabTo(tab.streaming, 'Tab');
    await keyboard.press('Space');
    expect(await tab.streaming.isChecked()).toBe(false);
    await keyboard.press('Space');

    await keyboard.press('Control+Shift+o');
    await eventually(async () => expect(await tab.messages.count()).toBe(0));
    await eventually(async () => expect(await hasFocus(tab.message)).toBe(true));
    await keyboard.type('Second');
    await keyboard.press('Enter');
    await tab.reads('By two.');
    await tab.isAtRest();

    await keyboard.press('Control+k');
    await eventually(async () => expect(await hasFocus(tab.search)).toBe(true));
    await keyboard.type('by hand');
    await tab.listed('Second').waitFor({ state: 'detached' });
    await tab.tabTo(tab.listed('By hand'));
    await keyboard.press('Enter');
    await tab.reads('Again.');

    const options = tab.conversations.getByRole('button', { name: 'Options' });
    await keyboard.press('Control+k');
    await tab.tabTo(options);
    await keyboard.press('Enter');
    await eventually(async () => expect(await hasFocus(tab.button('Rename'))).toBe(true));
    await keyboard.press('Escape');
    await eventually(async () => expect(await hasFocus(options)).toBe(true));
    await keyboard.press('Enter');
    await keyboard.press('Enter');
    await eventually(async () => expect(await hasFocus(tab.page.getByRole('textbox', { name: 'Title' }))).toBe(true));
    await keyboard.press('Control+a');
    await keyboard.type('Renamed');
    await keyboard.press('Enter');
    await tab.listed('Renamed').waitFor();

    await tab.tabTo(options);
    await keyboard.press('Enter');
    await tab.tabTo(tab.button('Delete…'));
    await keyboard.press('Enter');
    await tab.page.getByRole('dialog').waitFor();
    await keyboard.press('Escape');
    await tab.page.getByRole('dialog').waitFor({ state: 'hidden' });
    await eventually(async () => expect(await hasFocus(options)).toBe(true));
    await keyboard.press('Enter');
    await tab.tabTo(tab.button('Delete…'));
    await keyboard.press('Enter');
    await tab.tabTo(tab.button('Delete'));
    await keyboard.press('Enter');
    await tab.listed('Renamed').waitFor({ state: 'detached' });
    await eventually(async () => expect(await hasFocus(tab.page.locator('body'))).toBe(false));

    const shortcuts = tab.page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await keyboard.press('Control+/');
    await shortcuts.waitFor();
    await takePicture(tab.page, 'shortcuts');
    await keyboard.press('Escape');
    await shortcuts.waitFor({ state: 'hidden' });
    await keyboard.press('Shift+Escape');
    await eventually(async () => expect(await hasFocus(tab.message)).toBe(true));
    await keyboard.type('?');
    expect(await tab.message.inputValue()).toBe('?');
    expect(await shortcuts.count()).toBe(0);
    await keyboard.press('Backspace');
    await keyboard.press('Shift+Tab');
    await atEverySize(tab.page, async ({ width }) => {
      await eventually(async () => expect(await hasFocus(tab.message)).toBe(false));
      await keyboard.press('?');
      await shortcuts.waitFor();
      await keyboard.press('Escape');
      await shortcuts.waitFor({ state: 'hidden' });
      await keyboard.press('Control+k');
      await eventually(async () => expect(await hasFocus(tab.search)).toBe(true));
      await keyboard.press('Escape');
      if (width < 1440) await tab.conversations.waitFor({ state: 'hidden' });
      await keyboard.press('Shift+Escape');
      await eventually(async () => expect(await hasFocus(tab.message)).toBe(true));
      await keyboard.press('Shift+Tab');
    });
  });

  it('has everything about a message within reach of the keyboard: its code, copies, details, versions, another text, and the way to its end', async () => {
    const tab = await web.open();
    const { keyboard } = tab.page;
    const pressed = async (button: string) => {
      await tab.tabTo(tab.answer.getByRole('button', { name: button, exact: true }), 'Shift+Tab');
      await keyboard.press('Enter');
    };
    await tab.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const copied = () => tab.page.evaluate(() => navigator.clipboard.readText());
    web.provider.enqueue(
      openAiChat.text(['```js\nconst code = 1;\n```\n\nAbout cats.']),
      heldAnswer(['Words.\n\n'.repeat(60), 'About dogs.\n\n'], 'The end.'),
    );
    await keyboard.type('Cats?');
    await keyboard.press('Enter');
    await tab.reads('About cats.');
    await tab.isAtRest();

    await pressed('Details');
    await tab.answer.getByText('First word after', { exact: true }).waitFor();
    await pressed('Copy as Markdown');
    await eventually(async () => expect(await copied()).toContain('```js'));
    await pressed('Copy');
    await eventually(async () => expect(await copied()).toMatch(/^const code = 1;[^`]*About cats\.$/));
    await pressed('Copy code');
    await eventually(async () => expect(await copied()).toMatch(/^const code = 1;\s*$/));
    await pressed('Wrap lines');
    expect(await tab.answer.getByRole('button', { name: 'Wrap lines' }).getAttribute('aria-pressed')).toBe('true');
    await keyboard.press('Shift+Escape');
    await eventually(async () => expect(await hasFocus(tab.message)).toBe(true));
    await tab.button('Edit').waitFor({ state: 'attached' });
    await keyboard.press('ArrowUp');
    const editor = tab.page.getByRole('textbox', { name: 'New text' });
    await eventually(async () => expect(await hasFocus(editor)).toBe(true));
    await keyboard.press('Control+a');
    await keyboard.type('Dogs?');
    await keyboard.press('Enter');
    await tab.reads('About dogs.');
    await keyboard.press('Shift+Escape');
    await tab.tabTo(tab.log, 'Shift+Tab');
    await keyboard.press('Home');
    await tab.tabTo(tab.button(/^Jump to latest/));
    await keyboard.press('Enter');
    await eventually(async () => expect(await isInSight(tab, 'About dogs.')).toBe(true));
    (await web.question(1)).release();
    await tab.isAtRest();
    await keyboard.press('Shift+Escape');
    await tab.tabTo(tab.button('Previous version'), 'Shift+Tab');
    await keyboard.press('Enter');
    await tab.reads('About cats.');
  });

  it('leaves the focus where it is while an answer is written and when it ends', async () => {
    const tab = await web.open();
    web.provider.enqueue(openAiChat.text(['The first one.']));
    await tab.ask('First', 'The first one.');
    const details = tab.messages.nth(1).getByRole('button', { name: 'Details' });
    for (const [index, place] of [details, tab.search, tab.log].entries()) {
      web.provider.enqueue(heldAnswer([`Answer ${index} begins `], 'and ends.', { reasoning: ['Well.'] }));
      await tab.say(`Question ${index}`);
      await tab.reads(`Answer ${index} begins`);
      if (place === tab.log) await place.focus();
      else await place.click();
      (await web.question(index + 1)).release();
      await tab.reads('and ends.');
      await tab.isAtRest();
      expect([index, await hasFocus(place)]).toEqual([index, true]);
    }
  });

  it('fits a screen of 360 px, with the list in a drawer', async () => {
    const tab = await web.open('/', { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true });
    expect(await overflowOf(tab.page)).toEqual([]);
    web.provider.enqueue(openAiChat.text([WIDE_ANSWER]), openAiChat.text(['Short.']));
    await tab.ask(`Wide ${'w'.repeat(200)}`, 'deep');
    expect(await overflowOf(tab.page)).toEqual([]);
    await takePicture(tab.page, 'wide-content-360');
    expect(await tab.conversations.isVisible()).toBe(false);
    await tab.button('New chat').first().click();
    await tab.ask('Narrow', 'Short.');
    await tab.button('Open conversation list').click();
    await tab.listed(/^Wide/).waitFor();
    await eventually(async () => expect((await tab.conversations.boundingBox())?.x).toBeGreaterThanOrEqual(0));
    expect(await overflowOf(tab.page)).toEqual([]);
    await takePicture(tab.page, 'drawer-360');
    await tab.listed(/^Wide/).click();
    await tab.reads('deep');
    await tab.conversations.waitFor({ state: 'hidden' });
    await tab.button('Open conversation list').click();
    await eventually(async () => expect(await hasFocus(tab.button('Close conversation list'))).toBe(true));
    await tab.page.keyboard.press('Escape');
    await tab.conversations.waitFor({ state: 'hidden' });
    await eventually(async () => expect(await hasFocus(tab.button('Open conversation list'))).toBe(true));
    await tab.button('Open conversation list').click();
    await tab.conversations.waitFor();
    // A press beside everything that takes the focus leaves it nowhere.
    await tab.page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await tab.page.keyboard.press('Escape');
    await tab.conversations.waitFor({ state: 'hidden' });
  });

  it('moves the list only when it is opened or closed, not when the window gets narrow', async () => {
    const tab = await web.open('/', { viewport: { width: 900, height: 640 } });
    // Of its own: the switch in the message box moves, too, when the page has just come.
    const moves = () =>
      tab.page.evaluate(
        () =>
          [...document.querySelectorAll('echo-sidebar .panel')]
            .flatMap((panel) => panel.getAnimations())
            .filter((each) => each instanceof CSSTransition && each.transitionProperty === 'translate').length,
      );
    await tab.page.setViewportSize({ width: 400, height: 640 });
    await tab.conversations.waitFor({ state: 'hidden' });
    expect(await moves()).toBe(0);
    await tab.button('Open conversation list').click();
    await eventually(async () => expect(await hasFocus(tab.button('Close conversation list'))).toBe(true));
    await tab.page.keyboard.press('Escape');
    await tab.conversations.waitFor({ state: 'hidden' });
    await tab.page.setViewportSize({ width: 900, height: 640 });
    await tab.conversations.waitFor();
    await tab.page.setViewportSize({ width: 400, height: 640 });
    expect(await moves()).toBe(0);
  });

  it('follows the text down to its end, lets go when the person scrolls up, and offers the way back', async () => {
    const lines = (from: number) => Array.from({ length: 40 }, (_, index) => `Line ${from + index}\n\n`);
    const tab = await web.open();
    web.provider.enqueue(heldAnswer(lines(0), lines(100).join('')));
    await tab.say('Long');
    await tab.answer.getByText('Line 39', { exact: true }).waitFor();
    await eventually(async () => expect(await isInSight(tab, 'Line 39')).toBe(true));
    const lettingGo = async (last: string) => {
      await tab.log.hover();
      await tab.page.mouse.wheel(0, -600);
      await tab.button(/^Jump to latest/).waitFor();
      expect(await isInSight(tab, last)).toBe(false);
    };
    const goingBack = async (last: string) => {
      await tab.button(/^Jump to latest/).click();
      await eventually(async () => expect(await isInSight(tab, last)).toBe(true));
      expect(await hasFocus(tab.log)).toBe(true);
    };
    await atEverySize(tab.page, async () => {
      await lettingGo('Line 39');
      await goingBack('Line 39');
    });
    await lettingGo('Line 39');
    (await web.question()).release();
    await tab.isAtRest();
    expect(await isInSight(tab, 'Line 139')).toBe(false);
    await takePictures(tab.page, 'jump');
    await goingBack('Line 139');
  });

  it.each([
    [
      'a finger that moves it',
      async (tab: Tab) => {
        const finger = await tab.context.newCDPSession(tab.page);
        const touch = (type: 'touchStart' | 'touchMove', y: number) =>
          finger.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x: 600, y }] });
        await touch('touchStart', 200);
        for (let y = 220; y <= 500; y += 20) await touch('touchMove', y);
        await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
      },
    ],
    [
      'a word that is selected',
      async (tab: Tab) => {
        await tab.answer.getByText('Line 38', { exact: true }).dblclick({ position: { x: 10, y: 10 } });
        expect(await tab.page.evaluate(() => getSelection()?.toString().trim())).toBe('Line');
      },
    ],
  ])('lets go of the end for %s', async (_what, hold) => {
    const tab = await web.open('/', { hasTouch: true });
    const lines = (from: number) => Array.from({ length: 40 }, (_, index) => `Line ${from + index}\n\n`);
    web.provider.enqueue(heldAnswer(lines(0), lines(100).join('')));
    await tab.say('Long');
    await tab.answer.getByText('Line 39', { exact: true }).waitFor();
    await eventually(async () => expect(await isInSight(tab, 'Line 39')).toBe(true));
    await hold(tab);
    (await web.question()).release();
    await tab.isAtRest();
    expect(await isInSight(tab, 'Line 139')).toBe(false);
    await tab.button(/^Jump to latest/).waitFor();
  });

  it('has no barrier while an answer of every kind is written, when it is there, and in its menu', async () => {
    const tab = await web.open();
    await tab.page.getByRole('heading', { name: 'What would you like to know?' }).waitFor();
    await takePictures(tab.page, 'welcome-model');
    web.provider.enqueue(
      heldAnswer(
        [
          WIDE_ANSWER,
          '\n\n# Title\n\n> quote\n\n```ts\n// comment\nexport const n: number = 1; // "s"\n```\n\n[link](https://example.com) ~~gone~~\n',
        ],
        'end',
        {
          reasoning: ['Let me think.'],
        },
      ),
    );
    await tab.say('Everything at once');
    await tab.answer.getByText('gone').waitFor();
    await takePicture(tab.page, 'everything-streaming');
    (await web.question()).release();
    await tab.isAtRest();
    await takePictures(tab.page, 'answered');
    await tab.conversations.getByRole('button', { name: 'Options' }).first().click();
    await tab.button('Rename').waitFor();
    await takePicture(tab.page, 'menu');
    await tab.page.keyboard.press('Escape');
    web.provider.enqueue(openAiChat.error(401));
    await tab.button('Regenerate').click();
    await tab.button('Connect a model').click();
    await tab.page.getByRole('dialog', { name: 'Connect a model' }).waitFor();
    await takePictures(tab.page, 'connect');
  });

  it('stands beside the documentation of the API, which needs nothing from elsewhere either', async () => {
    const tab = await web.open();
    await tab.page.goto(`${tab.origin}/api/docs`);
    // It is a large page of its own.
    await tab.page.getByText('/api/chat', { exact: true }).first().waitFor({ timeout: 20_000 });
    await keepPicture(tab.page, 'api-docs');
  });

  it('says at a wrong address where one is and how to get back', async () => {
    const tab = await web.open();
    await tab.page.goto(`${tab.origin}/no/such/page`);
    await tab.page.getByRole('heading', { name: 'There is no page at this address' }).waitFor();
    await takePicture(tab.page, 'no-such-page');
    await tab.page.getByRole('link', { name: 'Go to EchoV2' }).click();
    await tab.message.waitFor();
  });

  async function isInSight(tab: Tab, text: string): Promise<boolean> {
    return tab.answer.getByText(text, { exact: true }).evaluate((element) => {
      const box = element.getBoundingClientRect();
      const log = element.closest('[role=log]')?.getBoundingClientRect();
      return log !== undefined && box.top >= log.top && box.bottom <= log.bottom;
    });
  }
});
