import { drawFormula } from './formula-drawing';

const FORMULAS = [
  'E = mc^2',
  '\\frac{a}{b} + \\sqrt[3]{x}',
  '\\sum_{i=1}^{n} \\int_0^\\infty e^{-x^2} \\, dx',
  '\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}',
  '\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}',
  '\\begin{cases} x & y > 0 \\\\ -x & \\text{else} \\end{cases}',
  '\\overbrace{a+b}^{c} \\xrightarrow{f} \\widehat{abc} \\cancel{x} \\boxed{y}',
  '\\color{red}{x} \\colorbox{yellow}{a} \\fcolorbox{red}{blue}{b} \\rule{1em}{2em} \\pmb{x}',
  '\\left( \\frac{a}{b} \\middle| \\frac{c}{d} \\right] \\Bigg\\uparrow \\sqrt{\\frac{\\frac{a}{b}}{c}}',
  '\\mathbb{R} \\mathcal{L} \\mathfrak{g} \\text{words} \\tag{1}',
];

const HOSTILE = [
  '\\href{javascript:alert(1)}{x}',
  '\\url{https://evil.example}',
  '\\includegraphics[width=1em]{https://evil.example/x.png}',
  '\\htmlClass{caret}{x} \\htmlId{a}{x} \\htmlStyle{background:url(https://evil.example)}{x} \\htmlData{a=b}{x}',
  '\\text{<img src=x onerror=alert(1)>}',
  '\\color{#123}{x} \\textcolor{url(https://evil.example)}{x}',
  '\\def\\a{\\href{javascript:alert(1)}{x}} \\a',
];

function draw(tex: string): HTMLElement {
  const element = document.createElement('p');
  element.append(drawFormula(tex, true, document) ?? '');
  return element;
}

describe('drawFormula', () => {
  it.each(FORMULAS)('draws %s for the eye and for screen readers', (tex) => {
    const element = draw(tex);
    expect(element.querySelector('.katex-html[aria-hidden=true]')?.childElementCount).toBeGreaterThan(0);
    const math = element.querySelector('.katex-mathml > math');
    expect(math?.namespaceURI).toBe('http://www.w3.org/1998/Math/MathML');
    expect(math?.querySelector('annotation')?.textContent).toBe(tex);
  });

  it('gives sizes and colours as properties', () => {
    const [rule] = draw('\\rule{1em}{2em}').querySelectorAll<HTMLElement>('.katex-rule');
    expect(rule?.style.borderTopWidth).toBe('2em');
    expect(draw('\\widehat{abc}').querySelector('svg path')?.getAttribute('d')).toMatch(/^M/);
  });

  it.each(HOSTILE)('neither links, loads nor styles by %s', (tex) => {
    const element = draw(tex);
    expect(element.querySelector('a, img, script, mglyph, maction, annotation-xml, [href], [src], [id], [onerror], .caret')).toBeNull();
    expect([...element.querySelectorAll('*')].map((each) => each.getAttribute('style') ?? '').join()).not.toContain('url(');
  });

  it.each(['\\frac{a', '\\nosuchcommand', '{', '\\begin{aligned} a', '\\def\\a{\\a\\a}\\a', '{'.repeat(5_000)])(
    'draws nothing of %j',
    (tex) => {
      expect(drawFormula(tex.slice(0, 5_000), false, document)).toBeNull();
    },
  );

  it('caps sizes, and forgets what a formula defines', () => {
    expect(draw('\\rule{9999em}{1em}').querySelector<HTMLElement>('.katex-rule')?.style.borderRightWidth).toBe('20em');
    draw('\\gdef\\mine{x} \\mine');
    expect(drawFormula('\\mine', false, document)).toBeNull();
  });
});
