import { TestBed } from '@angular/core/testing';
import { asShown, type ShownText } from './as-shown';
import { MarkdownView } from './markdown-view';

describe('asShown', () => {
  async function shown(markdown: string): Promise<ShownText> {
    const fixture = TestBed.createComponent(MarkdownView);
    fixture.componentRef.setInput('text', markdown);
    await fixture.whenStable();
    return asShown(fixture.nativeElement as HTMLElement);
  }
  const htmlOf = async (markdown: string) => (await shown(markdown)).html.replace(' xmlns="http://www.w3.org/1999/xhtml"', '');
  const textOf = async (markdown: string) => (await shown(markdown)).text;

  it('writes what other programs know as such', async () => {
    expect(await htmlOf('## A *title*\n\nText with **strong** `code` and\\\na [link](https://example.com/a?b=1&c=2).')).toBe(
      '<div><h2 dir="auto">A <em>title</em></h2><p dir="auto">Text with <strong>strong</strong> <code dir="ltr">code</code> and<br />' +
        'a <a href="https://example.com/a?b=1&amp;c=2">link</a>.</p></div>',
    );
  });

  it('keeps the columns of tables, with their alignment, and leaves the box around them', async () => {
    expect(await htmlOf('| a | b |\n|---|--:|\n| 1 | 2 |')).toMatch(
      /^<div><table[^>]*><thead><tr><th dir="auto">a<\/th><th dir="auto" align="right">b<\/th><\/tr><\/thead><tbody>.*<\/table><\/div>$/,
    );
    expect(await textOf('| a | b |\n|---|--:|\n| 1 | 2 |')).toBe('a\tb\n1\t2');
  });

  it('takes the code without its bar', async () => {
    const code = 'if (a < b) {\n\n  go();\n}';
    const { html, text } = await shown(`Before\n\n\`\`\`js\n${code}\n\`\`\`\n\nAfter`);
    expect(text).toBe(`Before\n\n${code}\n\nAfter`);
    expect(html).toContain('if (a &lt; b)');
    expect(html).not.toMatch(/Wrap|Copy|button/);
  });

  it('writes lists with their signs and numbers, and tasks with their boxes', async () => {
    expect(await textOf('3. three\n4. four\n   - deep\n   - deeper\n\ntext')).toBe('3. three\n4. four\n  - deep\n  - deeper\n\ntext');
    expect(await textOf('- [x] done\n- [ ] open')).toBe('- ☑ done\n- ☐ open');
  });

  it('numbers footnotes in brackets', async () => {
    expect(await textOf('Said[^1].\n\n[^1]: By whom.')).toBe('Said[1].\n\n[1] By whom.');
  });

  it('gives HTML that a model wrote as the text that it is', async () => {
    const { html, text } = await shown('<img src=x onerror=alert(1)>\n\nand <b>this</b>');
    expect(html).not.toMatch(/<img|<b>/);
    expect(text).toBe('<img src=x onerror=alert(1)>\n\nand <b>this</b>');
  });

  it('gives a formula as MathML, and as TeX in plain text', () => {
    const view = document.createElement('div');
    const formula = document.createElement('span');
    formula.className = 'formula';
    const math = document.createElementNS('http://www.w3.org/1998/Math/MathML', 'math');
    const annotation = document.createElementNS('http://www.w3.org/1998/Math/MathML', 'annotation');
    annotation.textContent = 'x^2';
    math.append('x2', annotation);
    formula.append(math, 'what is drawn');
    view.append('Area ', formula);
    const { html, text } = asShown(view);
    expect(html).toContain('<math xmlns="http://www.w3.org/1998/Math/MathML">');
    expect(html).not.toContain('what is drawn');
    expect(text).toBe('Area x^2');
  });
});
