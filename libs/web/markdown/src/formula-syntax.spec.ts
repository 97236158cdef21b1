import { formulaAt, openFormulaAt } from './formula-syntax';

describe('formulaAt', () => {
  it.each([
    ['$x$', 'x', false],
    ['$a + b$ more', 'a + b', false],
    ['$n$th', 'n', false],
    ['$5$', '5', false],
    ['$2 + 3$.', '2 + 3', false],
    ['$3 \\times 4$', '3 \\times 4', false],
    ['$a\\$b$', 'a\\$b', false],
    ['$$x$$', 'x', true],
    ['$$\nx\n$$', 'x', true],
    ['\\(x\\)', 'x', false],
    ['\\( a \\\\ b \\)', 'a \\\\ b', false],
    ['\\[\n\\frac{a}{b}\n\\]', '\\frac{a}{b}', true],
  ])('reads %j', (text, tex, display) => {
    expect(formulaAt(text, 0, '')).toMatchObject({ tex, display });
  });

  it.each([
    ['$5 and $6'],
    ['$5-$10'],
    ['$5 or 6$ there'],
    ['$1,000 to 2,000$'],
    ['$HOME and $PATH'],
    ['$HOME:$PATH'],
    ['$ x $'],
    ['$'],
    ['$$'],
    ['$$$$'],
    ['$x'],
    ['$`a`$'],
    ['$a\n\nb$'],
    ['$$a\n\nb$$'],
    ['\\(\\)'],
    ['\\[\\\\\\]'],
    ['\\(a'],
    ['\\(a\\\\)'],
    [`$${'x'.repeat(6_000)}$`],
  ])('takes %j for text', (text) => {
    expect(formulaAt(text, 0, '')).toBeNull();
  });

  it('takes prices and indices behind a letter for text', () => {
    expect(formulaAt('US$x$', 2, 'S')).toBeNull();
    expect(formulaAt('a\\[0\\]', 1, 'a')).toBeNull();
  });

  it.each(['$', '$a', '$a ', '\\(', '\\[', '$$ ', '$$a', '\\\\'])('takes little time for many %j', (piece) => {
    const text = piece.repeat(20_000);
    const start = performance.now();
    for (let at = 0; at < text.length; at += piece.length) formulaAt(text, at, '');
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe('openFormulaAt', () => {
  it.each([
    ['$$\\frac{a', '\\frac{a'],
    ['\\(x_1', 'x_1'],
    ['\\[\na', '\na'],
  ])('reads what has arrived of %j', (text, tex) => {
    expect(openFormulaAt(text, 0, '')).toBe(tex);
  });

  it.each(['$x', '$5 and', '$$a\n\nb', '\\(x\\) and', 'x'])('finds none in %j', (text) => {
    expect(openFormulaAt(text, 0, '')).toBeNull();
  });
});
