import { closeOpen } from './close-open';

describe('closeOpen', () => {
  it.each([
    ['some **bold', 'some **bold**'],
    ['some **bold ', 'some **bold** '],
    ['some **bold*', 'some **bold**'],
    ['some **bold**', 'some **bold**'],
    ['**a *b', '**a *b***'],
    ['***both', '***both***'],
    ['~~gone', '~~gone~~'],
    ['_said', '_said_'],
    ['`code', '`code`'],
    ['``co`de', '``co`de``'],
    ['**`code', '**`code`**'],
    ['`a*b` and *c', '`a*b` and *c*'],
    ['**so $a_1', '**so $a_1**'],
    ['*so $b*c$ and', '*so $b*c$ and*'],
    ['so \\(a_1 *', 'so ` a_1 `'],
    ['**so $$x', '**so ` x `**'],
    ['a[^1] and *b', 'a[^1] and *b*'],
  ])('closes %j', (text, closed) => {
    expect(closeOpen(text)).toBe(closed);
  });

  it.each([
    ['text **', 'text '],
    ['text `', 'text '],
    ['text [', 'text '],
    ['text ![', 'text '],
    ['text \\', 'text '],
    ['text \\(', 'text '],
    ['text $$', 'text '],
    ['text[^', 'text'],
    ['text[^1', 'text'],
  ])('leaves out what nothing follows yet in %j', (text, shown) => {
    expect(closeOpen(text)).toBe(shown);
  });

  it.each([
    ['see [the doc', 'see the doc'],
    ['see [the doc]', 'see the doc'],
    ['see [the doc](htt', 'see the doc'],
    ['see [the doc](https://example.com/a_(b', 'see the doc'],
    ['see [the doc](https://example.com "tit', 'see the doc'],
    ['see ![a cat](https://exam', 'see a cat'],
    ['**see [the doc', '**see the doc**'],
    ['see [`the` doc', 'see `the` doc'],
  ])('shows the text of a link that is not complete: %j', (text, shown) => {
    expect(closeOpen(text)).toBe(shown);
  });

  it.each([
    '2 * 3 and 4',
    '2*3 is 6',
    'snake_case_name is',
    'in [a](b) and',
    'a [b] c',
    `[0, 1) ${'far '.repeat(40)}on`,
    '\\*a and',
    '~5 of',
    'it costs $5 and',
    'as said[^1]',
    '$a_1$ and \\(b*c\\) are',
  ])('leaves %j alone', (text) => {
    expect(closeOpen(text)).toBe(text);
  });

  it.each(['*', '_', '[', '![', '`', '~~', '**a ', '[a](b', '[a](b ', '*a **b', '`` ` ', '\\'])(
    'takes little time for many %j',
    (piece) => {
      const text = piece.repeat(20_000 / piece.length) + 'x';
      const start = performance.now();
      closeOpen(text.slice(-20_000));
      expect(performance.now() - start).toBeLessThan(500);
    },
  );
});
