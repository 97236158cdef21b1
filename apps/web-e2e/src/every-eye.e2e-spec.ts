import { openAiChat } from '@echo/testing';
import { type Locator } from 'playwright-core';
import { findingsOf } from './support/axe';
import { describeInBrowser } from './support/chromium';
import { eventually } from './support/eventually';
import { overflowOf } from './support/every-size';
import { keepPicture, takePicture } from './support/pictures';
import { type Tab } from './support/tab';
import { TestWeb } from './support/test-web';
import { WIDE_PARTS } from './support/wide-answer';

const ARABIC = 'مرحبا! هذه **إجابة** قصيرة:\n\n1. الأولى مع `code`\n2. الثانية\n\n> اقتباس\n\n| اسم | عدد |\n|---|---|\n| واحد | 1 |\n';

describeInBrowser('for eyes of every kind, the page', () => {
  let web: TestWeb;

  beforeAll(async () => {
    web = await TestWeb.start();
  });
  afterAll(() => web.stop());
  afterEach(() => web.endWalk());

  /** The lowest contrast between text and what is behind it that any token promises. */
  const contrastOf = (tab: Tab) =>
    tab.page.evaluate(() => {
      const luminance = (color: string) => {
        const channel = (at: number) => {
          const value = parseInt(color.slice(at, at + 2), 16) / 255;
          return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
        };
        return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
      };
      const style = getComputedStyle(document.documentElement);
      const token = (name: string) => luminance(style.getPropertyValue(`--echo-${name}`).trim());
      const grounds = ['canvas', 'surface', 'surface-raised'].map(token);
      const inks = ['text', 'text-muted', 'accent', 'danger', 'warning'].map(token);
      return Math.min(...grounds.flatMap((ground) => inks.map((ink) => (Math.max(ground, ink) + 0.05) / (Math.min(ground, ink) + 0.05))));
    });

  it('has more contrast where that is asked for: seven to one at least', async () => {
    const tab = await web.open();
    web.provider.enqueue(openAiChat.text(['With `code` and a [link](https://example.com).\n\n```ts\nconst a = "b"; // c\n```\n']));
    await tab.ask('Contrast', 'With');
    for (const colorScheme of ['light', 'dark'] as const) {
      await tab.page.emulateMedia({ colorScheme, contrast: 'no-preference' });
      expect(await contrastOf(tab)).toBeGreaterThan(4.5);
      await tab.page.emulateMedia({ colorScheme, contrast: 'more' });
      expect(await contrastOf(tab)).toBeGreaterThan(7);
      await keepPicture(tab.page, `contrast-${colorScheme}`);
    }
    expect(await findingsOf(tab.page)).toEqual([]);
  });

  it('can be used in the colours that the system forces', async () => {
    const tab = await web.open();
    web.provider.enqueue(openAiChat.text(['Forced **colours**.']));
    await tab.ask('Colours', 'Forced');
    await tab.page.emulateMedia({ forcedColors: 'active' });
    // A switch that is on, and the button that sends, are told apart by more than a colour that is gone.
    const isSeen = await tab.streaming.evaluate((element) => getComputedStyle(element).appearance);
    expect(isSeen).toBe('auto');
    expect(await tab.button('Send').evaluate((element) => getComputedStyle(element).borderStyle)).toBe('solid');
    await keepPicture(tab.page, 'forced-colours');
  });

  it('lays out what is written from right to left, each message by itself', async () => {
    const tab = await web.open('/', { viewport: { width: 360, height: 720 } });
    web.provider.enqueue(openAiChat.text([ARABIC]), openAiChat.text(['Left to right again.']));
    await tab.ask('اكتب لي إجابة قصيرة', 'اقتباس');
    const sides = (selector: string) =>
      tab.log
        .locator(selector)
        .first()
        .evaluate((element) => {
          const [box, text] = [element.getBoundingClientRect(), document.createRange()];
          text.selectNodeContents(element);
          const [line] = text.getClientRects();
          return { left: Math.round((line?.left ?? NaN) - box.left), right: Math.round(box.right - (line?.right ?? NaN)) };
        });
    expect(
      await tab.messages
        .first()
        .locator('.text')
        .evaluate((element) => getComputedStyle(element).direction),
    ).toBe('rtl');
    expect((await sides('echo-markdown p')).right).toBeLessThan(4);
    expect((await sides('echo-markdown p')).left).toBeGreaterThan(20);
    expect(await overflowOf(tab.page)).toEqual([]);
    await takePicture(tab.page, 'right-to-left-360');
    await tab.ask('And in English?', 'Left to right again.');
    const last = tab.answer.locator('echo-markdown p').first();
    expect(await last.evaluate((element) => getComputedStyle(element).direction)).toBe('ltr');
    await tab.page.setViewportSize({ width: 1440, height: 900 });
    await takePicture(tab.page, 'right-to-left-1440');
  });

  it('shows every word of a list that is sixteen deep, on a screen of 360 px', async () => {
    const tab = await web.open('/', { viewport: { width: 360, height: 720 } });
    const levels = Array.from({ length: 16 }, (_, level) => `${'  '.repeat(level)}- level ${level + 1}\n`);
    web.provider.enqueue(openAiChat.text([levels.join('')]));
    await tab.ask('Deep', 'level 16');
    expect(await overflowOf(tab.page)).toEqual([]);
    const last = tab.answer.getByText('level 16');
    await last.scrollIntoViewIfNeeded();
    await keepPicture(tab.page, 'deep-list-360');
    const { left, right } = await last.evaluate((element) => {
      const range = document.createRange();
      range.selectNodeContents(element);
      return range.getBoundingClientRect().toJSON() as { left: number; right: number };
    });
    expect(left).toBeGreaterThan(0);
    expect(right).toBeLessThanOrEqual(360);
  });

  it('can be read at four times the size: nothing is cut off, and what is too wide for a line scrolls by itself', async () => {
    const tab = await web.open('/', { viewport: { width: 320, height: 256 } });
    web.provider.enqueue(
      openAiChat.text([
        `Large enough, with $E = mc^2$.\n\n$$\\int_0^\\infty e^{-x^2}\\,dx = \\frac{\\sqrt{\\pi}}{2} + a + b + c + d + e$$\n\n${WIDE_PARTS}`,
      ]),
    );
    await tab.ask('Zoomed', 'Large enough');
    await tab.answer.locator('.katex-html').nth(1).waitFor();
    expect(await overflowOf(tab.page)).toEqual([]);
    expect(await cutOff(tab)).toEqual([]);
    for (const selector of ['pre', 'div.scroll'])
      expect([selector, await tab.answer.locator(selector).evaluate(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)]).toEqual([
        selector,
        true,
      ]);
    await takePicture(tab.page, 'zoomed');
    // Scrolled away from where one writes, nearly all of the screen is for reading.
    const room = await tab.log.evaluate((element) => {
      element.scrollIntoView();
      const { top, bottom } = element.getBoundingClientRect();
      return Math.min(bottom, innerHeight) - Math.max(top, 0);
    });
    expect(room).toBeGreaterThan(200);
    await takePicture(tab.page, 'zoomed-reading');

    await tab.message.evaluate((element) => {
      const box = element as HTMLTextAreaElement;
      box.value = 'Help me\u200b\u200b, please\u0000.';
      box.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }));
    });
    for (const name of ['Send as is', 'Remove it']) {
      await tab.button(name).scrollIntoViewIfNeeded();
      expect([name, await isWhole(tab, tab.button(name))]).toEqual([name, true]);
    }
    expect(await cutOff(tab)).toEqual([]);
    await takePicture(tab.page, 'zoomed-notes');
    await tab.button('Settings of this conversation').click();
    for (const name of ['Save', 'Cancel']) {
      await tab.button(name).scrollIntoViewIfNeeded();
      expect([name, await isWhole(tab, tab.button(name))]).toEqual([name, true]);
    }
    expect(await cutOff(tab)).toEqual([]);
    await takePicture(tab.page, 'zoomed-settings');
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

  it('fits a screen of 320 px, with nothing cut off and every target large enough to hit', async () => {
    const tab = await web.open('/', { viewport: { width: 320, height: 568 } });
    web.provider.enqueue(openAiChat.text(['Small.']));
    await tab.ask('Narrow', 'Small.');
    expect(await overflowOf(tab.page)).toEqual([]);
    const tooSmall = await tab.page.evaluate(() =>
      [...document.querySelectorAll('main button, main a, main select, main input')]
        .map((element) => ({ element, box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && box.bottom > 0)
        .filter(
          ({ element, box }) => !element.matches('.skip, label input') && (box.width < 24 || box.height < 24 || box.right > innerWidth + 1),
        )
        .map(({ element, box }) => `${element.outerHTML.slice(0, 80)} ${Math.round(box.width)} × ${Math.round(box.height)}`),
    );
    expect(tooSmall).toEqual([]);
    await takePicture(tab.page, 'narrow-320');
  });

  it('stands still where motion is to be reduced', async () => {
    const tab = await web.open('/', { reducedMotion: 'reduce' });
    web.provider.enqueue(openAiChat.text(['Before'], { then: [{ stall: true }] }));
    await tab.say('Still');
    await tab.reads('Before');
    const moving = await tab.page.evaluate(() =>
      document
        .getAnimations()
        .filter(({ playState }) => playState === 'running')
        .map((animation) => (animation.effect as KeyframeEffect).target?.outerHTML.slice(0, 80)),
    );
    expect(moving).toEqual([]);
    await tab.button('Stop').click();
    await tab.isAtRest();
  });

  /** What is wider than the screen or cut off at its side, where it cannot be scrolled to by itself. */
  function cutOff(tab: Tab): Promise<string[]> {
    return tab.page.evaluate(() => {
      const scrolls = (element: Element | null): boolean =>
        element !== null &&
        !element.matches('echo-markdown') &&
        (getComputedStyle(element).overflowX === 'auto' || scrolls(element.parentElement));
      const scrollsByItself = (element: Element) =>
        element.closest('.sr-only, .katex-mathml') !== null || (element.closest('echo-markdown') !== null && scrolls(element));
      const isCut = (element: HTMLElement) =>
        ['hidden', 'clip'].includes(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth + 1;
      return [...document.querySelectorAll<HTMLElement>('main *, dialog[open], dialog[open] *')]
        .filter((element) => element.checkVisibility() && !scrollsByItself(element) && !element.matches('h1, select'))
        .filter((element) => element.getBoundingClientRect().right > innerWidth + 1 || isCut(element))
        .map((element) => element.outerHTML.slice(0, 80));
    });
  }

  /** Whether all of it is on the screen. */
  async function isWhole(tab: Tab, target: Locator): Promise<boolean> {
    const { x, y, width, height } = (await target.boundingBox()) ?? { x: -1, y: -1, width: 0, height: 0 };
    const screen = tab.page.viewportSize() ?? { width: 0, height: 0 };
    return x >= 0 && y >= -1 && x + width <= screen.width + 1 && y + height <= screen.height + 1;
  }
});
