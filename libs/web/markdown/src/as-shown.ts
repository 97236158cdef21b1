import { plainTextOf } from './plain-text';

/** What is shown, for other programs: as HTML, and as plain text. */
export interface ShownText {
  readonly html: string;
  readonly text: string;
}

/** Elements that are taken over as they are; of all others only what stands in them. */
const KEPT: ReadonlySet<string> = new Set(
  'p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code table thead tbody tr th td hr br em strong del a sup'.split(' '),
);
const ALIGNMENTS = ['left', 'center', 'right'] as const;

/** Reads what stands in `view`, an element with a drawn text in it, without the buttons and boxes around it. Nothing is parsed: nodes are built anew and written out. */
export function asShown(view: Element): ShownText {
  const copy = view.ownerDocument.createElement('div');
  copy.append(...[...view.childNodes].flatMap(copied));
  return { html: new XMLSerializer().serializeToString(copy), text: plainTextOf(copy) };
}

function copied(node: Node): readonly (Node | string)[] {
  if (node instanceof Text) return [node.data];
  if (!(node instanceof Element)) return [];
  if (node.matches('.bar, .caret')) return [];
  if (node.matches('.check')) return [node.getAttribute('aria-checked') === 'true' ? '☑ ' : '☐ '];
  if (node.matches('.formula')) return [formulaOf(node)];
  if (node.matches('button')) return [`[${node.textContent.trim()}] `];
  const children = withSign([...node.childNodes].flatMap(copied));
  if (node.matches('sup')) return [elementLike(node, [`[${node.textContent.trim()}]`])];
  // Drawn as a paragraph, and no part of the text.
  if (node.matches(':is(ul, ol):not(.loose) > li > p')) return children;
  return KEPT.has(node.localName) ? [elementLike(node, children)] : children;
}

/** The box of a task, the number of a footnote: on the line of the paragraph that it belongs to. */
function withSign(children: readonly (Node | string)[]): readonly (Node | string)[] {
  const [sign, paragraph, ...others] = children;
  if (typeof sign !== 'string' || !(paragraph instanceof Element) || paragraph.localName !== 'p') return children;
  paragraph.prepend(sign);
  return [paragraph, ...others];
}

function elementLike(element: Element, children: readonly (Node | string)[]): Element {
  const copy = element.ownerDocument.createElement(element.localName);
  for (const name of ['href', 'start', 'dir']) {
    const value = element.getAttribute(name);
    if (value !== null) copy.setAttribute(name, value);
  }
  const alignment = ALIGNMENTS.find((each) => element.classList.contains(each));
  if (alignment !== undefined) copy.setAttribute('align', alignment);
  copy.append(...children);
  return copy;
}

/** As MathML, which word processors take, or as it was written where it was not drawn. */
function formulaOf(formula: Element): Node | string {
  return formula.querySelector('math')?.cloneNode(true) ?? formula.textContent;
}
