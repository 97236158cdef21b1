import { Lexer, type MarkedToken, type Token } from 'marked';
import { lex } from './bounded-lexer';
import { NOTHING_KNOWN } from './known';
import { type Block, type Inline } from './nodes';
import { type FormulaToken, type NoteMarkToken, type NoteToken } from './own-syntax';
import { chunksOf, toBlock, toBlocks, toInlines } from './to-nodes';

const read = (text: string) => toBlocks(Lexer.lex(text, { gfm: true }));
const inlines = (text: string) => toInlines(Lexer.lexInline(text, { gfm: true }));

/** One of each type that marked names: a new type in marked fails to compile here. */
const EXAMPLES: Record<MarkedToken['type'] | FormulaToken['type'] | NoteToken['type'] | NoteMarkToken['type'], string> = {
  space: 'a\n\n\n\nb',
  def: '[a]: https://example.com',
  checkbox: '- [x] a',
  paragraph: 'a',
  heading: '# a',
  code: '```\na\n```',
  blockquote: '> a',
  list: '- a',
  list_item: '- a',
  table: '|a|\n|-|\n|b|',
  hr: '---',
  html: '<div>a</div>',
  text: 'a',
  br: 'a  \nb',
  codespan: '`a`',
  del: '~~a~~',
  em: '*a*',
  escape: '\\*',
  image: '![a](https://example.com/a.png)',
  link: '[a](https://example.com)',
  strong: '**a**',
  formula: '$a$',
  note: '[^1]: a',
  'note-mark': 'a[^1]\n\n[^1]: a',
};

describe('toNodes', () => {
  it.each(Object.entries(EXAMPLES))('knows tokens of type %s, as block and as inline', (type, text) => {
    const found: Token[] = [];
    const collect = (tokens: readonly Token[]) => {
      for (const token of tokens) {
        found.push(token);
        collect((token as { tokens?: Token[] }).tokens ?? []);
        collect((token as { items?: Token[] }).items ?? []);
      }
    };
    collect(lex(text, NOTHING_KNOWN, false).tokens);
    const token = found.find((one) => one.type === type);
    expect(token).toBeDefined();
    if (!token) return;
    expect(JSON.stringify(toBlock(token))).not.toContain('"raw"');
    expect(JSON.stringify(toInlines([token]))).not.toContain('"raw"');
  });

  it('shows the source of a token of unknown type', () => {
    const token = { type: 'iframe', raw: '<iframe>', text: 'other' };
    expect(toBlock(token)).toEqual({ kind: 'verbatim', children: [{ kind: 'text', text: '<iframe>' }] });
    expect(toInlines([token])).toEqual([{ kind: 'text', text: '<iframe>' }]);
  });

  it('shows images as links that say where the picture is', () => {
    expect(inlines('![a *cat*](https://example.com/cat.png "t")')).toEqual<Inline[]>([
      {
        kind: 'link',
        href: 'https://example.com/cat.png',
        title: 'example.com',
        children: [{ kind: 'text', text: 'image: a cat (example.com)' }],
      },
    ]);
  });

  it('puts no link into a link', () => {
    const [link] = inlines('[![badge](https://img.example/b.svg)](https://example.com)');
    expect(link).toMatchObject({ kind: 'link', href: 'https://example.com/', children: [{ text: 'image: badge (img.example)' }] });
  });

  it('shows HTML as text', () => {
    expect(read('<div onclick="x()">a</div>')).toEqual<Block[]>([
      { kind: 'verbatim', children: [{ kind: 'text', text: '<div onclick="x()">a</div>' }] },
    ]);
    expect(inlines('a <b>c</b>')).toEqual([{ kind: 'text', text: 'a <b>c</b>' }]);
  });

  it('shows a link it refuses as its text', () => {
    expect(inlines('[*run*](javascript:alert(1))')).toEqual([{ kind: 'emphasis', children: [{ kind: 'text', text: 'run' }] }]);
  });

  it('reads task lists, starts and looseness', () => {
    expect(read('3. [x] a\n4. [ ] b')).toMatchObject([
      { kind: 'list', ordered: true, start: 3, loose: false, items: [{ checked: true }, { checked: false }] },
    ]);
    expect(read('- a\n\n- b')).toMatchObject([
      { kind: 'list', ordered: false, loose: true, items: [{ checked: null }, { checked: null }] },
    ]);
  });

  it('takes the first word of the label as the language', () => {
    expect(read('```TypeScript title="a"\nx\n```')).toMatchObject([{ language: 'typescript', chunks: ['x'] }]);
  });

  it('cuts code at line ends, the same while it grows', () => {
    const code = `${'x'.repeat(99)}\n`.repeat(50);
    const chunks = chunksOf(code);
    expect(chunks.join('')).toBe(code);
    expect(chunks.length).toBeGreaterThan(3);
    expect(chunksOf(code.slice(0, 3_000)).slice(0, 2)).toEqual(chunks.slice(0, 2));
  });
});
