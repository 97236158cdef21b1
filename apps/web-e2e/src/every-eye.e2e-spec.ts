import { openAiChat } from '@echo/testing';
import { findingsOf } from './support/axe';
import { describeInBrowser } from './support/chromium';
import { overflowOf, takePicture } from './support/pictures';
import { type Tab } from './support/tab';
import { TestWeb } from './support/test-web';

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
      await takePicture(tab.page, `contrast-${colorScheme}`);
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
    await takePicture(tab.page, 'forced-colours');
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
});
