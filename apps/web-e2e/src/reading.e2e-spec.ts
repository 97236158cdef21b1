import { openAiChat } from '@echo/testing';
import { type Locator } from 'playwright-core';
import { describeInBrowser } from './support/chromium';
import { eventually } from './support/eventually';
import { atEverySize } from './support/every-size';
import { heldAnswer } from './support/held-answer';
import { GOOD, NOTICED, shiftsOf, sumOfShifts, watchShiftsOn } from './support/layout-shifts';
import { keepPicture, takePicture, takePictures } from './support/pictures';
import { selectionOf, selectWord } from './support/selection';
import { hasFocus } from './support/tab';
import { TestWeb } from './support/test-web';

const ANSWER = [
  '## The energy of rest[^1]',
  'It is $E = mc^2$, and \\(\\frac{a}{b}\\) costs $5 or $6, said[^old] an old book.',
  '$$\n\\int_0^\\infty e^{-x^2}\\,dx\n= \\frac{\\sqrt{\\pi}}{2}\n$$',
  '- [x] done\n- [ ] to do\n  - deeper $x_1$',
  '| a | b |\n|---|--:|\n| \\(x^2\\) | a_long_word_that_needs_a_lot_of_room_and_cannot_be_broken_by_a_table |',
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

  it('is set with our own fonts, which an answer without formulas does not ask for, and is read and pressed at every size', async () => {
    web.provider.enqueue(
      openAiChat.text(['Plain **words**, and `code`.']),
      openAiChat.text(ANSWER.match(/.{1,17}/gs) ?? [], { pace: 2, reasoning: ['It may be.'] }),
    );
    const tab = await web.open();
    const asked: string[] = [];
    tab.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const isOfKatex = async (path: string) =>
      path.startsWith('/katex/') ||
      (path.endsWith('.js') && (await (await fetch(`${tab.origin}${path}`)).text()).includes('KaTeX parse error'));
    const ofKatex = async () => (await Promise.all(asked.map(async (path) => ((await isOfKatex(path)) ? [path] : [])))).flat();
    await tab.page.reload();
    await tab.ask('Plainly', 'Plain words');
    expect(asked.length).toBeGreaterThan(10);
    expect(await ofKatex()).toEqual([]);

    await watchShiftsOn(tab.page);
    await tab.ask('Explain', 'The very end.');
    await eventually(async () => expect(await tab.answer.locator('.katex-html').count()).toBe(5));
    expect(await tab.answer.getByText('costs $5 or $6').count()).toBe(1);
    expect(await tab.answer.locator('.formula.source').allInnerTexts()).toEqual([expect.stringContaining('\\frac{broken')]);
    await tab.page.evaluate(() => document.fonts.ready);
    expect(await ofKatex()).toEqual(
      expect.arrayContaining([
        '/katex/katex.min.css',
        expect.stringMatching(/^\/katex\/fonts\/KaTeX_\w+-\w+\.woff2$/),
        expect.stringMatching(/\.js$/),
      ]),
    );
    expect(
      await tab.page.evaluate(() => [...document.fonts].filter((font) => font.family.startsWith('KaTeX') && font.status === 'error')),
    ).toEqual([]);
    // The first formulas wait for what sets them: less moves than counts as good for a whole visit.
    expect(await sumOfShifts(tab.page)).toBeLessThan(GOOD);
    const before = (await shiftsOf(tab.page)).length;
    web.provider.enqueue(openAiChat.text(ANSWER.match(/.{1,17}/gs) ?? [], { pace: 2, reasoning: ['It may be.'] }));
    await tab.ask('Once more', 'The very end.');
    await eventually(async () => expect(await tab.answer.locator('.katex-html').count()).toBe(5));
    // The columns of a table find their widths while it is written.
    expect((await shiftsOf(tab.page)).slice(before).filter((shift) => parseFloat(shift) > NOTICED && !/by T[HD]/.test(shift))).toEqual([]);

    const { answer, page } = tab;
    const within = (name: string | RegExp) => answer.getByRole('button', { name, exact: true });
    const wrap = within('Wrap lines');
    const code = answer.locator('pre');
    const thoughts = answer.locator('summary');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await atEverySize(page, async ({ width, colorScheme }) => {
      await wrap.click();
      expect(await code.evaluate((pre) => pre.scrollWidth <= pre.clientWidth)).toBe(true);
      await wrap.click();
      await page.evaluate(() => navigator.clipboard.writeText(''));
      await answer.locator('button.copy').click();
      await eventually(async () => expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^const line = /));

      await within('Footnote 1').press('Enter');
      const note = answer.locator('.note').first();
      expect(await hasFocus(note)).toBe(true);
      expect(await note.innerText()).toContain('See the page');
      await within('Back to the mark of footnote 1').press('Enter');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Footnote 1');

      await thoughts.click();
      await answer.getByText('It may be.').waitFor();
      await thoughts.click();
      await answer.getByText('It may be.').waitFor({ state: 'hidden' });
      await within('Details').click();
      await answer.getByText('First word after', { exact: true }).waitFor();
      await within('Details').click();

      const table = answer.getByRole('table').locator('..');
      const reach = await table.evaluate((box) => {
        box.scrollLeft = box.scrollWidth;
        const { right } = (box.querySelector('td:last-child') as HTMLElement).getBoundingClientRect();
        const reached = { scrolls: box.scrollWidth > box.clientWidth, isSeen: right <= box.getBoundingClientRect().right + 1 };
        box.scrollLeft = 0;
        return reached;
      });
      expect(reach.isSeen).toBe(true);
      if (width === 360) expect(reach.scrolls).toBe(true);
      await keepPicture(page, `reading-${width}-${colorScheme}`);
    });
    await takePicture(page, 'reading');
  });

  it('keeps what is selected in it while it goes on, while its code is closed and highlighted, and when it ends', async () => {
    web.provider.enqueue(
      heldAnswer(['Some chosen words '], 'that go on, and on.\n\nAnd another paragraph.'),
      heldAnswer(['Code:\n\n```js\nconst chosen = 1;\n'], 'const another = 2;\n```\n\nAnd words below.'),
    );
    const tab = await web.open();
    const parts = [
      ['Some chosen words', 'another paragraph.'],
      ['const chosen = 1;', 'words below.'],
    ] as const;
    for (const [index, [first, last]] of parts.entries()) {
      await tab.say(`Question ${index}`);
      await tab.reads(first);
      await selectWord(tab.answer.locator('echo-markdown'), 'chosen');
      (await web.question(index)).release();
      await tab.reads(last);
      await tab.isAtRest();
      expect(await selectionOf(tab.answer)).toBe('chosen');
    }
    // What was selected is let go, and is highlighted by and by.
    await tab.message.click();
    await tab.answer.locator('pre span').first().waitFor();
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
