import { TestBed } from '@angular/core/testing';
import { MarkdownView } from './markdown-view';
import { shown } from './testing/outline';
import { random } from './testing/random';

const table = (head: readonly string[], ...rows: readonly (readonly string[])[]) => {
  const row = (name: string, cells: readonly string[]) => `<tr>${cells.map((cell) => `<${name}>${cell}</${name}>`).join('')}</tr>`;
  const body = rows.map((cells) => row('td', cells)).join('');
  return `<table><thead>${row('th', head)}</thead>${body === '' ? '' : `<tbody>${body}</tbody>`}</table>`;
};
const link = (href: string, text = href) => `<a href=${href}>${text}</a>`;

/** The rules of GitHub's Flavored Markdown that go beyond CommonMark, section by section, with examples of our own. */
const SECTIONS: Readonly<Record<string, readonly (readonly [rule: string, markdown: string, outlined: string])[]>> = {
  'tables (extension)': [
    ['a header, a line of hyphens, rows', '| tea | price |\n| --- | --- |\n| green | 3 |', table(['tea', 'price'], ['green', '3'])],
    ['bars at the ends are no must', 'tea | price\n:-- | --:\ngreen | 3', table(['tea', 'price'], ['green', '3'])],
    ['one column needs a bar', '| tea |\n| --- |\n| green |', table(['tea'], ['green'])],
    ['without a bar it is a heading', 'tea\n---', '<h2>tea</h2>'],
    ['a bar that is escaped stands in its cell', '| a \\| b |\n| --- |\n| c \\| d |', table(['a | b'], ['c | d'])],
    [
      'also within code and strong words',
      '| how |\n|-|\n| `a \\| b` |\n| **c \\| d** |',
      table(['how'], ['<code>a | b</code>'], ['<strong>c | d</strong>']),
    ],
    [
      'cells hold inlines',
      '| _a_ | `b` |\n|-|-|\n| ~~c~~ | [d](https://example.com/) |',
      table(['<em>a</em>', '<code>b</code>'], ['<del>c</del>', link('https://example.com/', 'd')]),
    ],
    ['another block ends it', '| a |\n|-|\n| b |\n> said', `${table(['a'], ['b'])}<blockquote><p>said</p></blockquote>`],
    ['a heading ends it', '| a |\n|-|\n| b |\n# Next', `${table(['a'], ['b'])}<h1>Next</h1>`],
    ['an empty line ends it', '| a |\n|-|\n| b |\n\nafter', `${table(['a'], ['b'])}<p>after</p>`],
    ['a line without bars is a row still', '| a | b |\n|-|-|\n| c | d |\nlast', table(['a', 'b'], ['c', 'd'], ['last', ''])],
    ['the header has as many cells as the line of hyphens, or it is none', '| a | b |\n| --- |\n| c |', '<p>| a | b | | --- | | c |</p>'],
    [
      'missing cells are empty, those too many are dropped',
      '| a | b |\n|-|-|\n| c |\n| d | e | f |',
      table(['a', 'b'], ['c', ''], ['d', 'e']),
    ],
    ['a header alone is a table, without a body', '| a | b |\n| --- | --- |', table(['a', 'b'])],
    ['it may stand in an item', '- | a |\n  |---|\n  | b |', `<ul><li>${table(['a'], ['b'])}</li></ul>`],
    ['and in a quote', '> | a |\n> |---|\n> | b |', `<blockquote>${table(['a'], ['b'])}</blockquote>`],
  ],
  'task list items (extension)': [
    ['open and done', '- [ ] open\n- [x] done', '<ul><li>[ ] open</li><li>[x] done</li></ul>'],
    ['a capital sign is one, too', '* [X] done', '<ul><li>[x] done</li></ul>'],
    ['numbered ones', '1. [x] first\n2. [ ] second', '<ol><li>[x] first</li><li>[ ] second</li></ol>'],
    ['nested', '- [x] a\n  - [ ] b\n    - [x] c', '<ul><li>[x] a<ul><li>[ ] b<ul><li>[x] c</li></ul></li></ul></li></ul>'],
    ['beside items that are none', '- [ ] task\n- none', '<ul><li>[ ] task</li><li>none</li></ul>'],
    ['with inlines', '- [x] **b** and `c`', '<ul><li>[x] <strong>b</strong> and <code>c</code></li></ul>'],
    ['no space after the bracket: no task', '- [x]tight', '<ul><li>[x]tight</li></ul>'],
    ['not outside of a list', '[ ] words', '<p>[ ] words</p>'],
    ['not in the middle of an item', '- words [x]', '<ul><li>words [x]</li></ul>'],
  ],
  'strikethrough (extension)': [
    ['two tildes', 'a ~~b c~~ d', '<p>a <del>b c</del> d</p>'],
    ['one tilde', 'a ~b~ c', '<p>a <del>b</del> c</p>'],
    ['not over paragraphs', 'a ~~b\n\nc~~ d', '<p>a ~~b</p><p>c~~ d</p>'],
    ['not by three', 'a ~~~b~~~ c', '<p>a ~~~b~~~ c</p>'],
    ['around and within others', '~~a **b**~~ **c ~~d~~**', '<p><del>a <strong>b</strong></del> <strong>c <del>d</del></strong></p>'],
    ['escaped', '\\~\\~a\\~\\~', '<p>~~a~~</p>'],
    ['not in code', '`~~a~~`', '<p><code>~~a~~</code></p>'],
  ],
  'autolinks (extension)': [
    ['www', 'www.example.org', `<p>${link('http://www.example.org/', 'www.example.org')}</p>`],
    ['with a path', 'See www.example.org/a/b for more', `<p>See ${link('http://www.example.org/a/b', 'www.example.org/a/b')} for more</p>`],
    [
      'signs at the end are not of it',
      'Go to www.example.org/a. Or www.example.org/b?',
      `<p>Go to ${link('http://www.example.org/a', 'www.example.org/a')}. Or ${link('http://www.example.org/b', 'www.example.org/b')}?</p>`,
    ],
    ['brackets around it are not of it', '(www.example.org/a)', `<p>(${link('http://www.example.org/a', 'www.example.org/a')})</p>`],
    ['brackets within it are', 'www.example.org/a_(b)', `<p>${link('http://www.example.org/a_(b)', 'www.example.org/a_(b)')}</p>`],
    ['one bracket too many is not', '(www.example.org/a_(b))', `<p>(${link('http://www.example.org/a_(b)', 'www.example.org/a_(b)')})</p>`],
    [
      'what looks like a character reference at the end is not',
      'www.example.org/?a=b&zz;',
      `<p>${link('http://www.example.org/?a=b', 'www.example.org/?a=b')}&zz;</p>`,
    ],
    ['the sign < ends it', 'www.example.org/a<b', `<p>${link('http://www.example.org/a', 'www.example.org/a')}<b</p>`],
    [
      'http and https',
      'http://example.org https://example.org/x?y=z',
      `<p>${link('http://example.org/', 'http://example.org')} ${link('https://example.org/x?y=z')}</p>`,
    ],
    [
      'of any script',
      'https://пример.example/а. www.例え.example',
      `<p>${link('https://xn--e1afmkfd.example/а', 'https://пример.example/а')}. ${link('http://www.xn--r8jz45g.example/', 'www.例え.example')}</p>`,
    ],
    ['in emphasis', '*https://example.org/a*', `<p><em>${link('https://example.org/a')}</em></p>`],
    [
      'not in code, and not in a link',
      '`https://example.org/a` [https://example.org/b](https://example.org/c)',
      `<p><code>https://example.org/a</code> ${link('https://example.org/c', 'https://example.org/b')}</p>`,
    ],
    ['mail', 'ann.lee+x@mail-1.example.org', `<p>${link('mailto:ann.lee+x@mail-1.example.org', 'ann.lee+x@mail-1.example.org')}</p>`],
    [
      'mail with a full stop after it',
      'Write to ann@example.org.',
      `<p>Write to ${link('mailto:ann@example.org', 'ann@example.org')}.</p>`,
    ],
    ['no mail without a host that has a name', 'ann@local', '<p>ann@local</p>'],
    ['no other scheme', 'ftp://example.org javascript:alert(1)', '<p>ftp://example.org javascript:alert(1)</p>'],
  ],
  'disallowed raw HTML (extension)': [
    ...['title', 'textarea', 'style', 'xmp', 'iframe', 'noembed', 'noframes', 'script', 'plaintext'].map(
      (name) => [`${name} is text`, `a <${name}> b`, `<p>a <${name}> b</p>`] as const,
    ),
    ['in a block of its own, too', '<script>\nalert(1)\n</script>', '<p><script> alert(1) </script></p>'],
  ],
};

describe.each(Object.entries(SECTIONS))('GFM, %s', (_section, examples) => {
  function draw(text: string, step?: () => number): string {
    const fixture = TestBed.createComponent(MarkdownView);
    const show = (part: string, streaming: boolean) => {
      fixture.componentRef.setInput('text', part);
      fixture.componentRef.setInput('streaming', streaming);
      fixture.detectChanges();
    };
    if (step) for (let at = step(); at < text.length; at += step()) show(text.slice(0, at), true);
    show(text, false);
    const root = fixture.nativeElement as HTMLElement;
    for (const box of root.querySelectorAll('.check')) box.replaceWith(box.getAttribute('aria-checked') === 'true' ? '[x] ' : '[ ] ');
    const outlined = shown(root);
    fixture.destroy();
    return outlined;
  }

  it.each(examples)('%s', (_rule, markdown, outlined) => {
    expect(draw(markdown)).toBe(outlined);
  });

  it('ends the same however it was cut while it came', () => {
    const next = random(7);
    for (const [, markdown, outlined] of examples)
      for (let round = 0; round < 3; round++) expect(draw(markdown, () => 1 + Math.floor(next() * 5))).toBe(outlined);
  });
});

it('GFM, tables: alignment is of the whole column', () => {
  const fixture = TestBed.createComponent(MarkdownView);
  fixture.componentRef.setInput('text', '| a | b | c | d |\n|:--|:-:|--:|---|\n| 1 | 2 | 3 | 4 |');
  fixture.detectChanges();
  const classes = (name: string) => [...(fixture.nativeElement as HTMLElement).querySelectorAll(name)].map((cell) => cell.className);
  expect([classes('th'), classes('td')]).toEqual([
    ['left', 'center', 'right', ''],
    ['left', 'center', 'right', ''],
  ]);
});
