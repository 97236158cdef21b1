import { openAiChat } from '@echo/testing';
import { type Locator } from 'playwright-core';
import { describeInBrowser } from './support/chromium';
import { eventually } from './support/eventually';
import { takePicture, takePictures } from './support/pictures';
import { TestWeb } from './support/test-web';

const ANSWER = [
  '## The energy of rest[^1]',
  'It is $E = mc^2$, and \\(\\frac{a}{b}\\) costs $5 or $6, said[^old] an old book.',
  '$$\n\\int_0^\\infty e^{-x^2}\\,dx\n= \\frac{\\sqrt{\\pi}}{2}\n$$',
  '- [x] done\n- [ ] to do\n  - deeper $x_1$',
  '| a | b |\n|---|--:|\n| \\(x^2\\) | a long cell that needs a lot of room to stand in one line of a table |',
  '```js\nconst line = "a line that is by far too long for a narrow page, and goes on, and on, and on, and on";\n```',
  'שלום עולם, זה טקסט מימין לשמאל',
  '$$\n\\frac{broken\n$$',
  '[^old]: Of *1905*.\n[^1]: See [the page](https://example.com/energy).',
  'The very end.',
].join('\n\n');

/** From right to left, with a table from left to right at its end. */
const FROM_RIGHT = [
  '## שלום עולם[^1]',
  'פסקה עם `code`, עם **הדגשה** ועם [קישור](https://example.com).',
  '- פריט ראשון\n- פריט שני עם English words\n  - פריט פנימי\n- [x] משימה',
  '| שם | גיל |\n|---|--:|\n| דנה | 30 |\n| נועם | 25 |',
  '> ציטוט ארוך דיו כדי להגיע לשורה שנייה במסך צר, ועוד קצת.',
  '| Name | Age |\n|---|--:|\n| Dana | 30 |',
  '[^1]: הערה.',
].join('\n\n');

describeInBrowser('an answer with formulas, footnotes and code', () => {
  let web: TestWeb;
  beforeAll(async () => {
    web = await TestWeb.start();
  });
  afterAll(() => web.stop());
  afterEach(() => web.endWalk());

  it.each([
    [1440, 'light'],
    [360, 'dark'],
  ] as const)('is set with our own fonts and read at %i px, %s', async (width, colorScheme) => {
    web.provider.enqueue(openAiChat.text(ANSWER.match(/.{1,17}/gs) ?? [], { pace: 2 }));
    const tab = await web.open('/', { viewport: { width, height: 900 }, colorScheme });
    const asked: string[] = [];
    tab.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await tab.ask('Explain', 'The very end.');
    await eventually(async () => expect(await tab.answer.locator('.katex-html').count()).toBe(5));
    expect(await tab.answer.getByText('costs $5 or $6').count()).toBe(1);
    expect(await tab.answer.locator('.formula.source').allInnerTexts()).toEqual([expect.stringContaining('\\frac{broken')]);
    await tab.page.evaluate(() => document.fonts.ready);
    expect(asked.filter((path) => path.startsWith('/katex/'))).toEqual(
      expect.arrayContaining(['/katex/katex.min.css', expect.stringMatching(/^\/katex\/fonts\/KaTeX_\w+-\w+\.woff2$/)]),
    );
    expect(
      await tab.page.evaluate(() => [...document.fonts].filter((font) => font.family.startsWith('KaTeX') && font.status === 'error')),
    ).toEqual([]);
    expect(await tab.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);

    const wrap = tab.answer.getByRole('button', { name: 'Wrap lines' });
    const code = tab.answer.locator('pre');
    await wrap.click();
    expect(await code.evaluate((pre) => pre.scrollWidth <= pre.clientWidth)).toBe(true);

    await tab.answer.getByRole('button', { name: 'Footnote 1', exact: true }).press('Enter');
    const note = tab.answer.locator('.note').first();
    expect(await note.evaluate((each) => each === document.activeElement)).toBe(true);
    expect(await note.innerText()).toContain('See the page');
    await tab.answer.getByRole('button', { name: 'Back to the mark of footnote 1' }).press('Enter');
    expect(await tab.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Footnote 1');
    await takePicture(tab.page, `reading-${width}`);
  });

  it('from right to left has its signs, columns and numbers on the right, and what is from left to right within it on the left', async () => {
    web.provider.enqueue(openAiChat.text([FROM_RIGHT]));
    const tab = await web.open();
    await tab.ask('שלום', 'Dana');
    const { answer } = tab;
    const box = async (locator: Locator) => {
      const { x = NaN, width = NaN } = (await locator.boundingBox()) ?? {};
      return { left: x, right: x + width };
    };
    const whole = await box(answer.locator('echo-markdown'));
    const [hebrew, english] = [answer.getByRole('table').nth(0), answer.getByRole('table').nth(1)];
    expect((await box(hebrew)).right).toBeCloseTo(whole.right, 0);
    expect((await box(hebrew.getByText('שם'))).left).toBeGreaterThanOrEqual((await box(hebrew.getByText('גיל'))).right - 1);
    expect((await box(english)).left).toBeCloseTo(whole.left, 0);
    expect((await box(english.getByText('Name'))).right).toBeLessThanOrEqual((await box(english.getByText('Age'))).left + 1);
    expect((await box(answer.getByText('פריט פנימי'))).right).toBeLessThan((await box(answer.getByText('פריט ראשון'))).right);
    expect((await box(answer.getByRole('checkbox'))).left).toBeGreaterThan((await box(answer.getByText('משימה'))).right);
    const note = answer.locator('.note');
    expect((await box(note.getByRole('button'))).left).toBeGreaterThan((await box(note.getByText('הערה'))).right - 1);
    await takePictures(tab.page, 'from-right');
  });
});
