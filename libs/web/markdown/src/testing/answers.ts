/** What CommonMark does not know: footnotes, formulas, tables, tasks. */
export const BEYOND_COMMONMARK = [
  'a[^x] and $x_1$, *b $c*d$ e*\n\n$$\n\\frac{a}{b}\n=\n- c\n$$\n\n| \\(x\\) |\n|---|\n| $5 |\n\n- [x] \\[y\\]\n\n[^x]: one\n\n    two $z$\n\n~~end~~ https://example.com',
  '[^2]: later\n\nfirst[^1] second[^2]\n\n[^1]: sooner\n\n$$\nnever closed',
];

/** What models often write. */
const USUAL = [
  'word',
  'two words',
  '**bold**',
  '*so*',
  '**bold *and* more**',
  '`code`',
  '`a*b`',
  '``a`b``',
  '[link](https://a.example/x_y?z=1)',
  '**[a b](https://b.example)**',
  'snake_case',
  '2 * 3',
  'a < b',
  'A & B',
  '~~gone~~',
  '(in brackets)',
  '"quoted"',
  'C#',
  '3.5',
  '2024',
  'end.',
  'it: that',
  'é',
  '“q”',
  '😀',
  '→',
  '**b**:',
  '*a*, *b*',
  '(**b**)',
  '**`c`**',
];
/** What they seldom write, and what means something else than it seems. */
const RARE =
  'www|$5|a_b_|x**y**|**|*|[x]|[1]|![i](https://i.example)|http://u.example|<b>|&amp;|\\*|[^1]|$x$|@me|a|b|**bold**text|**"q"**|***both***|_em_|~5|!|#5|-|+|a  b'.split(
    '|',
  );
const RARE_BLOCKS = [
  '---',
  '* * *',
  'a line\n===',
  '$$\nx\n$$',
  '    code',
  '<div>\ntext\n</div>',
  'a | b\n-|-\n1 | 2',
  '- ',
  '1.',
  '- > quoted',
  '- a\n  ```\n  x\n  ```',
  '- a\n\n  another paragraph',
  '- a\nlazy',
  '> a\nlazy',
  '\ta tab',
];

/** Markdown as models write it, put together by chance; every third one has in it what models seldom write. */
export function answerBy(next: () => number): string {
  const isWild = next() < 0.3;
  const pick = <T>(choices: readonly T[]): T => choices[Math.floor(next() * choices.length)] as T;
  const some = (most: number, part: () => string, between: string) =>
    Array.from({ length: 1 + Math.floor(next() * most) }, part).join(between);
  const words = (most = 4) => some(most, () => pick(isWild ? [...USUAL, ...RARE] : USUAL), ' ');
  const maybe = (chance: number, part: () => string) => (next() < chance ? part() : '');
  const item = (sign: string) => `${sign} ${maybe(0.1, () => pick(['[ ] ', '[x] ']))}${words(3)}`;
  const inner = () => `\n${some(3, () => pick(['  ', '   ', '    ']) + item(pick(['-', '-', '*', '1.'])), '\n')}`;
  const list = () => {
    const sign = pick(['-', '*', '1.', '-', '+', '3.', '1)']);
    const below = () => maybe(0.3, inner) + maybe(0.1, () => `\n${pick(['  ', '   '])}${words()}`);
    return some(4, () => item(sign) + below(), pick(['\n', '\n', '\n\n']));
  };
  const table = () => {
    const columns = 1 + Math.floor(next() * 3);
    const row = () => `| ${Array.from({ length: columns }, () => words(2)).join(' | ')} |`;
    const rule = `|${pick(['---', ':-:', '--:', ' --- '])}${'|---'.repeat(columns - 1)}|`;
    return [row(), rule, ...Array.from({ length: Math.floor(next() * 4) }, row)].join('\n');
  };
  const blocks = [
    () => words(8),
    () => `${words()}\n${words()}`,
    () => `${'#'.repeat(1 + Math.floor(next() * 4))} ${words()}`,
    list,
    () => `> ${words()}${maybe(0.4, () => `\n> ${words()}`)}`,
    () => `\`\`\`${pick(['ts', '', 'c++ x'])}\n${pick(['let a;\n\n  b();', 'x', '', '# no\n- no', '  `` \n ~~~'])}\n\`\`\``,
    table,
    ...(isWild ? [() => pick(RARE_BLOCKS), () => pick(RARE_BLOCKS)] : []),
  ];
  return some(6, () => pick(blocks)() + pick(['\n\n', '\n\n', '\n\n', '\n', '\n\n\n']), '');
}

const BITS =
  '* ** _ ` ``` ~ ~~ [ ] ( ) ! < > & $ \\ | # - + = : . 1 1. a w www. http:// @ " \' / % { 0 ^ ; x] 😀 \ud83d é א --- *** |---|'.split(' ');
const SPACES = [' ', '  ', '\n', '\n\n', '\t', '- ', '[x] ', '\n> ', '\n# ', '\n    ', '\n\n  ', ' \n', '  \n', '\u00a0', '\u2028', '\v'];

/** `text` with something added, left out or said twice, in up to three places. */
export function disturbed(text: string, next: () => number): string {
  const bits = [...BITS, ...SPACES];
  let result = text;
  for (let changes = Math.floor(next() * 4); changes > 0; changes--) {
    const at = Math.floor(next() * (result.length + 1));
    const [before, after] = [result.slice(0, at), result.slice(at)];
    const kind = next();
    if (kind < 0.5) result = before + (bits[Math.floor(next() * bits.length)] ?? '') + after;
    else if (kind < 0.8) result = before + after.slice(1 + Math.floor(next() * 3));
    else result = before + before.slice(Math.floor(next() * at)).slice(0, 8) + after;
  }
  return result;
}

const SIGNS = '*|*|**|**|a|a|b c|`|``|~~|[|l](http://x.y)|.|_|é|(|)|"|日本|- |1. |# |> |😀|!|2|:'.split('|');
const BETWEEN = [' ', ' ', '  ', '\n', '\n\n', '\n- ', '|', ' | ', '\n|---|---|\n'];

/** A few signs in a row. */
export function signsBy(next: () => number): string {
  const signs = [...SIGNS, ...BETWEEN];
  return Array.from({ length: 1 + Math.floor(next() * 14) }, () => signs[Math.floor(next() * signs.length)]).join('');
}
