/** What a line begins, as far as that is clear from the line itself. */
export type LineStart =
  /** It may become several things: more of it is needed. */
  | { readonly kind: 'undecided' }
  /** It could mean several things, or something rare. */
  | { readonly kind: 'doubtful' }
  | { readonly kind: 'blank' }
  | { readonly kind: 'text' | 'quote' | 'row'; readonly indent: number; readonly length: number }
  | { readonly kind: 'heading'; readonly level: number; readonly length: number }
  | FenceStart
  | ItemStart;

export interface FenceStart {
  readonly kind: 'fence';
  /** Spaces before it, and how many of them are taken off each line of code. */
  readonly column: number;
  readonly indent: number;
  /** '`' or '~', and how many of them at least close it. */
  readonly sign: string;
  readonly minimum: number;
  readonly label: string;
}

export interface ItemStart {
  readonly kind: 'item';
  /** Spaces before its sign. */
  readonly indent: number;
  /** `-`, `*` or `+`; of an ordered list the sign after the number. */
  readonly sign: string;
  /** null: not ordered. */
  readonly number: number | null;
  /** null: not a task. */
  readonly checked: boolean | null;
  /** Column of its text, without the box of a task. */
  readonly content: number;
  /** Characters before its text. */
  readonly length: number;
}

const UNDECIDED: LineStart = { kind: 'undecided' };
const DOUBTFUL: LineStart = { kind: 'doubtful' };
const BLANK: LineStart = { kind: 'blank' };

/** Signs that show nothing yet. */
const SIGNS = /^(?:(?:[-*+]|\d{1,9}[.)]?|#{1,6}|>|`{1,2}|~{1,2}|\*\*|\[) *|\|[ |:-]*)$/;
const HEADING = /^(#{1,6}) +(?=[^ #])/;
const FENCE = /^( {0,3})(?:(`{3,})([^`]*)|(~{3,})(.*))$/;
const ITEM = /^( *)(?:([-*+])|(\d{1,9})([.)])) {1,4}(?=[^ ])/;
const TASK = /^\[([ xX])\] +(?=[^ ])/;
const SIGNS_OF_TASK = /^\[(?:[ xX](?:\] *)?)?$/;
/** The beginning of a text that cannot begin anything else. */
const TEXT = /^(?:[a-zA-Z"'(]|[^\0-\x7f\s]|\d+[^\d.)]|\d+\.\d|\*\*?[\p{L}\p{N}]|\*\*[`"([]|~~[\p{L}\p{N}]|``?[^`]|\[[\p{L}\p{N}])/u;
const SIGNS_OF_TEXT = /^(?:\d+\.?|\*\*?|~~?|``?|\[)$/;

/** @param isWhole the line has ended */
export function lineStart(line: string, isWhole: boolean): LineStart {
  const item = ITEM.exec(line);
  if (item) return itemStart(line, item, isWhole);
  const indent = line.search(/[^ ]/);
  if (indent < 0) return isWhole ? BLANK : UNDECIDED;
  if (SIGNS.test(line.slice(indent))) return isWhole ? DOUBTFUL : UNDECIDED;
  switch (line.charAt(indent)) {
    case '`':
    case '~':
      if (!/^(?:```|~~~)/.test(line.slice(indent))) break;
      return isWhole ? fenceStart(line) : UNDECIDED;
    case '#':
      return headingStart(line);
    case '>':
      return indent === 0 && line.charAt(1) === ' ' ? textStart('quote', line, 2, isWhole) : DOUBTFUL;
    case '|':
      return indent === 0 ? { kind: 'row', indent, length: 0 } : DOUBTFUL;
  }
  return textStart('text', line, indent, isWhole);
}

function textStart(kind: 'text' | 'quote', line: string, at: number, isWhole: boolean): LineStart {
  const text = line.slice(at);
  if (TEXT.test(text)) return { kind, indent: at, length: at };
  return !isWhole && SIGNS_OF_TEXT.test(text) ? UNDECIDED : DOUBTFUL;
}

function headingStart(line: string): LineStart {
  const [opening, signs] = HEADING.exec(line) ?? [];
  return opening && signs ? { kind: 'heading', level: signs.length, length: opening.length } : DOUBTFUL;
}

function fenceStart(line: string): LineStart {
  const [, indent = '', ticks, label, waves, other] = FENCE.exec(line) ?? [];
  const sign = ticks ?? waves;
  // marked takes indentation off in fences of backticks only.
  if (!sign) return DOUBTFUL;
  const column = indent.length;
  return { kind: 'fence', column, indent: ticks ? column : 0, sign: sign.charAt(0), minimum: sign.length, label: label ?? other ?? '' };
}

function itemStart(line: string, [opening = '', indent = '', bullet, number, delimiter]: RegExpExecArray, isWhole: boolean): LineStart {
  const content = opening.length;
  const text = line.slice(content);
  const [box = '', mark] = TASK.exec(text) ?? [];
  if (!box && SIGNS_OF_TASK.test(text)) return isWhole ? DOUBTFUL : UNDECIDED;
  const start = textStart('text', line, content + box.length, isWhole);
  if (start.kind !== 'text') return start;
  return {
    kind: 'item',
    indent: indent.length,
    sign: bullet ?? delimiter ?? '',
    number: number === undefined ? null : Number(number),
    checked: mark === undefined ? null : mark !== ' ',
    content,
    length: start.length,
  };
}
