import katex, { type KatexOptions } from 'katex';

const MATH_ML = 'http://www.w3.org/1998/Math/MathML';
const SVG = 'http://www.w3.org/2000/svg';
/** The elements of MathML that show a formula. None of them loads or runs anything, and links are not among them. */
const MATH_ELEMENTS =
  /^(?:math|semantics|annotation|mrow|mi|mn|mo|ms|mtext|mspace|mfrac|msqrt|mroot|mstyle|mpadded|mphantom|menclose|msub|msup|msubsup|munder|mover|munderover|mtable|mtr|mtd|mlabeledtr)$/;
const ATTRIBUTES: ReadonlySet<string> = new Set(
  (
    'accent accentunder aria-hidden columnalign columnlines columnspacing depth display displaystyle encoding fence height largeop linebreak linethickness ' +
    'lspace mathbackground mathcolor mathsize mathvariant maxsize minsize notation preserveAspectRatio rowlines rowspacing rspace scriptlevel separator ' +
    'stretchy viewBox voffset width x1 x2 y1 y2 stroke-width'
  ).split(' '),
);
/** `trust` off: no links, pictures, classes or styles of the writer's. Sizes are in em. */
const OPTIONS: KatexOptions = { trust: false, strict: 'ignore', throwOnError: true, maxSize: 20, maxExpand: 500 };

type TreeClass = 'Span' | 'SymbolNode' | 'SvgNode' | 'PathNode' | 'LineNode';

/** What KaTeX makes of a formula before it would write HTML; its declarations leave this part out. */
interface TreeNode {
  readonly classes?: readonly string[];
  readonly attributes?: Readonly<Record<string, string>>;
  readonly style?: Readonly<Record<string, string>>;
  readonly children?: readonly TreeNode[];
  /** Of MathML: the element's name. */
  readonly type?: string;
  toNode(): Node;
}
const { __renderToDomTree: toTree, __domTree: tree } = katex as unknown as {
  __renderToDomTree: (tex: string, options: KatexOptions) => TreeNode;
  __domTree: Record<TreeClass, new (...parts: never[]) => object>;
};

/** A formula as elements, built one by one from KaTeX's tree: for the eye, and as MathML for screen readers. null where it is no TeX that KaTeX knows. */
export function drawFormula(tex: string, displayMode: boolean, document: Document): Node | null {
  try {
    return build(toTree(tex, { ...OPTIONS, displayMode, macros: {} }), document);
  } catch {
    // KaTeX tells what is no TeX only by throwing, and nesting past the stack's end, too. The source is shown then.
    return null;
  }
}

function build(node: TreeNode, document: Document): Node {
  if (isA('Span', node)) return fill(document.createElement('span'), node, document);
  if (isA('SvgNode', node)) return fill(document.createElementNS(SVG, 'svg'), node, document);
  // These have no children, and nothing of the writer's but text and checked colours.
  if (isA('SymbolNode', node) || isA('PathNode', node) || isA('LineNode', node)) return node.toNode();
  if (!node.children) return leaf(node, document);
  if (node.type !== undefined) {
    if (!MATH_ELEMENTS.test(node.type)) throw new Error(`A formula has no element ${node.type}.`);
    return fill(document.createElementNS(MATH_ML, node.type), node, document);
  }
  const fragment = document.createDocumentFragment();
  fragment.append(...node.children.map((child) => build(child, document)));
  return fragment;
}

function isA(name: TreeClass, node: object): boolean {
  return node instanceof tree[name];
}

/** MathML's texts and spaces. */
function leaf(node: TreeNode, document: Document): Node {
  const made = node.toNode();
  return made.nodeType === document.TEXT_NODE || made.nodeName === 'mspace' ? made : document.createTextNode(made.textContent ?? '');
}

function fill(element: Element, node: TreeNode, document: Document): Element {
  const classes = node.classes?.filter(Boolean).join(' ');
  if (classes) element.setAttribute('class', classes);
  for (const [name, value] of Object.entries(node.attributes ?? {})) {
    if (name === 'style') setStyles(element, value);
    else if (ATTRIBUTES.has(name)) element.setAttribute(name, value);
  }
  if (isStyled(element)) Object.assign(element.style, node.style);
  element.append(...(node.children ?? []).map((child) => build(child, document)));
  return element;
}

/** As single properties: the page's policy allows no style attribute. */
function setStyles(element: Element, declarations: string): void {
  if (!isStyled(element)) return;
  for (const declaration of declarations.split(';')) {
    const [name, value] = declaration.split(':');
    if (name && value) element.style.setProperty(name.trim(), value.trim());
  }
}

/** MathML is only heard: its elements need no style, and have none in some browsers. */
function isStyled(element: Element): element is HTMLElement | SVGElement {
  return element.namespaceURI !== MATH_ML;
}
