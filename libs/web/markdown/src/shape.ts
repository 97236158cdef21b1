/** What is drawn: text, or one of the elements that there are. Values are plain text except `href`, which `safeLink` made. */
export type Shape = TextShape | ElementShape;

export interface TextShape {
  readonly text: string;
}

export interface ElementShape {
  readonly name: ElementName;
  readonly attributes: Attributes;
  readonly children: readonly Shape[];
  /** Once drawn it is not touched again: it changes by what a person does with it. */
  readonly isFree?: boolean;
  /** Is set in place of the children when that can be done. */
  readonly formula?: { readonly tex: string; readonly display: boolean };
}

export type Attributes = Readonly<Record<string, string>>;

/** Nothing else can appear. */
export type ElementName =
  | 'a'
  | 'blockquote'
  | 'br'
  | 'button'
  | 'code'
  | 'del'
  | 'div'
  | 'em'
  | 'h1'
  | 'h2'
  | 'h3'
  | 'h4'
  | 'h5'
  | 'h6'
  | 'hr'
  | 'li'
  | 'ol'
  | 'p'
  | 'pre'
  | 'span'
  | 'strong'
  | 'sup'
  | 'table'
  | 'tbody'
  | 'td'
  | 'th'
  | 'thead'
  | 'tr'
  | 'ul';

/** The same ones each time: what they are compared with is mostly the same. */
export const NO_ATTRIBUTES: Attributes = {};
const NO_CHILDREN: readonly Shape[] = [];

/** Attributes without a value are left out. */
export function element(name: ElementName, attributes = NO_ATTRIBUTES, children = NO_CHILDREN): ElementShape {
  return { name, attributes, children };
}

/** Where more text comes. There is one in a text that arrives, and it stays the same element while it can. */
export const CARET = element('span', { class: 'caret', 'aria-hidden': 'true' });

export function text(value: string): TextShape {
  return { text: value };
}

/** The text in it, as a reader sees it. */
export function textOf(shape: Shape): string {
  return 'text' in shape ? shape.text : shape.children.map(textOf).join('');
}
