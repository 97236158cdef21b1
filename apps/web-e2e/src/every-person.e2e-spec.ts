import { openAiChat } from '@echo/testing';
import { describeInBrowser } from './support/chromium';
import { eventually } from './support/eventually';
import { heldAnswer } from './support/held-answer';
import { overflowOf, takePicture, takePictures } from './support/pictures';
import { findingsOf } from './support/axe';
import { hasFocus, type Tab } from './support/tab';
import { TestWeb } from './support/test-web';

describeInBrowser('the page', () => {
  let web: TestWeb;

  beforeAll(async () => {
    web = await TestWeb.start();
  });
  afterAll(() => web.stop());
  afterEach(() => web.endWalk());

  const LONG = `${'A'.repeat(300)} https://example.com/${'path/'.repeat(60)}\n\n| ${'column | '.repeat(20)}\n|${'---|'.repeat(20)}\n| ${'cell | '.repeat(20)}\n\n\`\`\`js\nconst long = '${'x'.repeat(400)}';\n\`\`\`\n\n${'- '.repeat(12)}deep`;

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
    await tab.listed('By hand').focus();
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

    await keyboard.press('Control+/');
    await tab.page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await takePicture(tab.page, 'shortcuts');
    await keyboard.press('Escape');
    await tab.page.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  it('fits a screen of 360 px, with the list in a drawer', async () => {
    const tab = await web.open('/', { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true });
    expect(await overflowOf(tab.page)).toEqual([]);
    web.provider.enqueue(openAiChat.text([LONG]), openAiChat.text(['Short.']));
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
    expect(await findingsOf(tab.page)).toEqual([]);
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
    const moves = () =>
      tab.page.evaluate(
        () => document.getAnimations().filter((each) => each instanceof CSSTransition && each.transitionProperty === 'translate').length,
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

  it('shows every word of a list that is sixteen deep, on a screen of 360 px', async () => {
    const tab = await web.open('/', { viewport: { width: 360, height: 720 } });
    const levels = Array.from({ length: 16 }, (_, level) => `${'  '.repeat(level)}- level ${level + 1}\n`);
    web.provider.enqueue(openAiChat.text([levels.join('')]));
    await tab.ask('Deep', 'level 16');
    expect(await overflowOf(tab.page)).toEqual([]);
    const last = tab.answer.getByText('level 16');
    await last.scrollIntoViewIfNeeded();
    await takePicture(tab.page, 'deep-list-360');
    const { left, right } = await last.evaluate((element) => {
      const range = document.createRange();
      range.selectNodeContents(element);
      return range.getBoundingClientRect().toJSON() as { left: number; right: number };
    });
    expect(left).toBeGreaterThan(0);
    expect(right).toBeLessThanOrEqual(360);
  });

  it('can be read at four times the size', async () => {
    const tab = await web.open('/', { viewport: { width: 320, height: 256 } });
    web.provider.enqueue(openAiChat.text(['Large enough.']));
    await tab.ask('Zoomed', 'Large enough.');
    expect(await overflowOf(tab.page)).toEqual([]);
    await takePicture(tab.page, 'zoomed');
    // Scrolled away from where one writes, nearly all of the screen is for reading.
    const room = await tab.log.evaluate((element) => {
      element.scrollIntoView();
      const { top, bottom } = element.getBoundingClientRect();
      return Math.min(bottom, innerHeight) - Math.max(top, 0);
    });
    expect(room).toBeGreaterThan(200);
    await takePicture(tab.page, 'zoomed-reading');
  });

  it('follows the text down to its end, lets go when the person scrolls up, and offers the way back', async () => {
    const lines = (from: number) => Array.from({ length: 40 }, (_, index) => `Line ${from + index}\n\n`);
    const tab = await web.open();
    web.provider.enqueue(heldAnswer(lines(0), lines(100).join('')));
    await tab.say('Long');
    await tab.answer.getByText('Line 39', { exact: true }).waitFor();
    await eventually(async () => expect(await isInSight(tab, 'Line 39')).toBe(true));
    await tab.log.hover();
    await tab.page.mouse.wheel(0, -600);
    await tab.button(/^Jump to latest/).waitFor();
    (await web.question()).release();
    await tab.isAtRest();
    expect(await isInSight(tab, 'Line 139')).toBe(false);
    await takePicture(tab.page, 'jump');
    await tab.button(/^Jump to latest/).click();
    await eventually(async () => expect(await isInSight(tab, 'Line 139')).toBe(true));
  });

  it('has no serious barrier in any of its states, in light and dark', async () => {
    const tab = await web.open();
    await tab.page.getByRole('heading', { name: 'What would you like to know?' }).waitFor();
    const states: Record<string, string[]> = { welcome: await findingsOf(tab.page) };
    await takePictures(tab.page, 'welcome-model');
    web.provider.enqueue(
      heldAnswer(
        [
          LONG,
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
    states['streaming'] = await findingsOf(tab.page);
    (await web.question()).release();
    await tab.isAtRest();
    states['answered'] = await findingsOf(tab.page);
    await takePictures(tab.page, 'answered');
    web.provider.enqueue(openAiChat.error(401));
    await tab.button('Regenerate').click();
    await tab.button('Choose another model').waitFor();
    states['failed'] = await findingsOf(tab.page);
    await tab.conversations.getByRole('button', { name: 'Options' }).first().click();
    await tab.button('Rename').waitFor();
    states['menu'] = await findingsOf(tab.page);
    await takePicture(tab.page, 'menu');
    await tab.page.keyboard.press('Escape');
    await tab.button('Connect a model').click();
    await tab.page.getByRole('dialog', { name: 'Connect a model' }).waitFor();
    states['connect'] = await findingsOf(tab.page);
    await takePictures(tab.page, 'connect');
    await tab.page.keyboard.press('Escape');
    await tab.message.evaluate((element) => {
      const box = element as HTMLTextAreaElement;
      box.value = '\u0000';
      box.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await tab.button('Remove it').waitFor();
    states['faulty'] = await findingsOf(tab.page);
    expect(states).toEqual(Object.fromEntries(Object.keys(states).map((state) => [state, []])));
  });

  it('is light or dark as the system is', async () => {
    const tab = await web.open('/', { colorScheme: 'dark' });
    const brightness = () =>
      tab.page.evaluate(() =>
        (getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g) ?? []).slice(0, 3).reduce((sum, each) => sum + Number(each), 0),
      );
    expect(await brightness()).toBeLessThan(150);
    await tab.page.emulateMedia({ colorScheme: 'light' });
    await eventually(async () => expect(await brightness()).toBeGreaterThan(600));
  });

  it('stands beside the documentation of the API, which needs nothing from elsewhere either', async () => {
    const tab = await web.open();
    await tab.page.goto(`${tab.origin}/api/docs`);
    // It is a large page of its own.
    await tab.page.getByText('/api/chat', { exact: true }).first().waitFor({ timeout: 20_000 });
    await takePicture(tab.page, 'api-docs');
  });

  it('says at a wrong address where one is and how to get back', async () => {
    const tab = await web.open();
    await tab.page.goto(`${tab.origin}/no/such/page`);
    await tab.page.getByRole('heading', { name: 'There is no page at this address' }).waitFor();
    expect(await findingsOf(tab.page)).toEqual([]);
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
