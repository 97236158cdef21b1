/** Longest formula in characters; what is longer is text. */
const MAX_FORMULA = 5_000;
const BLANK_LINE = /\n[ \t]*\n/;
/** Signs that prices and names do not have. */
const TEX_SIGN = /[\\^_={}+<>]/;
/** `\\(\\)` and the like are escaped signs. */
const SAYS_SOMETHING = /[\p{L}\p{N}]/u;
/** After a closing `$`: the end of a word, or an ending as in `$n$th`. */
const WORD_ENDS = /^(?:(?:st|nd|rd|th|s)\b|(?![\p{L}\p{N}]))/u;

export interface Formula {
  /** The formula with its delimiters. */
  readonly raw: string;
  readonly tex: string;
  /** It stands on a line of its own. */
  readonly display: boolean;
}

interface Delimiters {
  readonly open: string;
  readonly close: string;
  readonly display: boolean;
}

const ALL: readonly Delimiters[] = [
  { open: '$$', close: '$$', display: true },
  { open: '\\[', close: '\\]', display: true },
  { open: '\\(', close: '\\)', display: false },
  { open: '$', close: '$', display: false },
];

/** The formula that starts at `at`, or null. @param before the character in front of it; empty at the start of a text */
export function formulaAt(text: string, at: number, before: string): Formula | null {
  const delimiters = delimitersAt(text, at, before);
  if (!delimiters) return null;
  const { open, close, display } = delimiters;
  const start = at + open.length;
  const end = closingAt(text.slice(start, start + MAX_FORMULA), close);
  if (end < 0) return null;
  const tex = text.slice(start, start + end);
  const after = text.slice(start + end + close.length, start + end + close.length + 3);
  const fits = open === '$' ? isBetweenDollars(tex) && WORD_ENDS.test(after) : SAYS_SOMETHING.test(tex);
  if (!fits || BLANK_LINE.test(tex)) return null;
  return { raw: open + tex + close, tex: tex.trim(), display };
}

/** What has arrived of a formula that starts at `at` and is not closed yet; null where none is. A single `$` may always be a price. */
export function openFormulaAt(text: string, at: number, before: string): string | null {
  const delimiters = delimitersAt(text, at, before);
  if (!delimiters || delimiters.open === '$') return null;
  const tex = text.slice(at + delimiters.open.length);
  if (tex.length > MAX_FORMULA || BLANK_LINE.test(tex) || closingAt(tex, delimiters.close) >= 0) return null;
  return tex;
}

function delimitersAt(text: string, at: number, before: string): Delimiters | undefined {
  const found = ALL.find(({ open }) => text.startsWith(open, at));
  // `a\[0\]` is rather an escaped index, and `US$5` a price.
  return found && /[\p{L}\p{N}$\\]/u.test(before) && found.open !== '\\(' ? undefined : found;
}

function closingAt(text: string, close: string): number {
  for (let at = text.indexOf(close); at >= 0; at = text.indexOf(close, at + 1)) {
    if (!isEscaped(text, at)) return at;
  }
  return -1;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text[at - 1 - slashes] === '\\') slashes++;
  return slashes % 2 === 1;
}

/** `$x$`, but not `$5 and $6`, `$5 or 6$`, nor `$HOME and $`. */
function isBetweenDollars(tex: string): boolean {
  if (tex === '' || tex.trim() !== tex || tex.includes('`')) return false;
  return !/^\d.*\s/s.test(tex) || TEX_SIGN.test(tex);
}
