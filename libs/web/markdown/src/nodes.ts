/** What is shown: a closed set of nodes, so that a template can draw every one and nothing else. All values are plain text except `href`, which `safeLink` made. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'emphasis' | 'strong' | 'deleted'; readonly children: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly title: string; readonly children: readonly Inline[] }
  /** `source`: with its delimiters, as it was written. */
  | { readonly kind: 'formula'; readonly tex: string; readonly display: boolean; readonly source: string }
  /** The mark of a footnote. */
  | { readonly kind: 'note-mark'; readonly number: number }
  | { readonly kind: 'break' }
  | { readonly kind: 'caret' };

export type Alignment = 'left' | 'center' | 'right' | null;

export interface Paragraph {
  readonly kind: 'paragraph';
  readonly children: readonly Inline[];
}

export interface Heading {
  readonly kind: 'heading';
  /** 1 to 6 */
  readonly level: number;
  readonly children: readonly Inline[];
}

/** Text shown as it was written, white space included: HTML blocks, and what could not be read. */
export interface Verbatim {
  readonly kind: 'verbatim';
  readonly children: readonly Inline[];
}

export interface CodeBlock {
  readonly kind: 'code-block';
  /** The first word of the fence's label, in lower case; empty when there is none. */
  readonly language: string;
  /** The code in pieces, so that a growing block touches only the last one. Joined they are the whole. */
  readonly chunks: readonly string[];
  /** A caret is shown after the code. */
  readonly caret: boolean;
}

export interface Quote {
  readonly kind: 'quote';
  readonly blocks: readonly Block[];
}

export interface ListItem {
  /** null: not a task. */
  readonly checked: boolean | null;
  readonly blocks: readonly Block[];
}

export interface List {
  readonly kind: 'list';
  readonly ordered: boolean;
  readonly start: number;
  /** Items stand apart like paragraphs. */
  readonly loose: boolean;
  readonly items: readonly ListItem[];
}

export interface Table {
  readonly kind: 'table';
  readonly align: readonly Alignment[];
  readonly header: readonly (readonly Inline[])[];
  readonly rows: readonly (readonly (readonly Inline[])[])[];
}

/** A footnote. */
export interface Note {
  readonly kind: 'note';
  /** 1 is the first one mentioned. */
  readonly number: number;
  readonly blocks: readonly Block[];
}

export type Block = Paragraph | Heading | Verbatim | CodeBlock | Quote | List | Table | Note | { readonly kind: 'rule' };
