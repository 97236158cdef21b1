import { lineStart } from './line-start';

describe('lineStart', () => {
  it.each([
    ['', true, 'blank'],
    ['   ', true, 'blank'],
    ['   ', false, 'undecided'],
    ['- ', false, 'undecided'],
    ['- ', true, 'doubtful'],
    ['| --', false, 'undecided'],
    ['  *', false, 'undecided'],
    ['12', false, 'undecided'],
    ['12 apples', false, 'text'],
    ['- - -', true, 'doubtful'],
    ['  - an item', false, 'item'],
    ['#tag', false, 'doubtful'],
    ['## A', false, 'heading'],
    ['```js', false, 'undecided'],
    ['```js', true, 'fence'],
    ['> q', false, 'quote'],
    ['$5', false, 'doubtful'],
  ] as const)('of %j (whole: %j) is %s', (line, isWhole, kind) => {
    expect(lineStart(line, isWhole).kind).toBe(kind);
  });

  it.each([' ', '- ', '| ', '> ', '1. ', '# '])('is found in one pass, however many spaces come after %j', (start) => {
    for (const end of ['x', '#', '']) expect(lineStart(start + ' '.repeat(300_000) + end, false).kind).toBeDefined();
  });
});
