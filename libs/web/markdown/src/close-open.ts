import { formulaAt, openFormulaAt } from './formula-syntax';
import { isPlain } from './plain-words';

/** Longest link label that is taken for one while its `]` is missing: `[0, 1)` must not lose its bracket for a whole paragraph. */
const MAX_OPEN_LABEL = 100;
/** Past these sizes the text is shown as it stands. */
const MAX_TEXT = 20_000;
const MAX_OPENINGS = 32;
/** Incomplete links and code spans that are taken off one after another. */
const MAX_ROUNDS = 8;
/** `(` and the part of an address, and perhaps of its title, that has arrived. */
const PARTIAL_ADDRESS = /^\((?:<[^>\n]*|(?:[^\s<>()]|\([^\s<>()]*\))*(?:\([^\s<>()]*|\s+(?:"[^"]*|'[^']*|\([^)]*)?)?)$/;

/**
 * Closes what is still open at the end of a paragraph that is arriving (`**bold` reads as `**bold**`), and leaves out markers nothing follows yet,
 * so that text does not change its look once the rest is there. A guess for the time in between: the end result never passes through here.
 */
export function closeOpen(text: string, rounds = MAX_ROUNDS): string {
  if (text.length > MAX_TEXT || rounds === 0 || isPlain(text)) return text;
  const shown = withoutDangling(text);
  const openings: string[] = [];
  let label = -1;
  let at = 0;
  while (at < shown.length) {
    const character = shown[at] ?? '';
    if (character === '$' || character === '\\') {
      const before = shown[at - 1] ?? '';
      const open = openFormulaAt(shown, at, before);
      if (open !== null) return closeFormula(shown.slice(0, at), open, openings, rounds);
      const formula = formulaAt(shown, at, before);
      if (formula) {
        at += formula.raw.length;
        continue;
      }
    }
    const length = character === '\\' ? 2 : runLength(shown, at);
    if (character === '`') {
      const end = closingBackticks(shown, at + length, length);
      if (end < 0)
        return isLabel(shown, label) ? closeOpen(withoutBracket(shown, label), rounds - 1) : closeCode(shown, at, length, openings, rounds);
      at = end;
      continue;
    }
    if (character === '*' || character === '_' || character === '~') meet(openings, shown, at, length);
    // The mark of a footnote: `[^1]`
    if (character === '[' && label < 0 && shown[at + 1] === '^') {
      const end = shown.indexOf(']', at);
      if (end < 0 && isLabel(shown, at)) return closeAll(shown.slice(0, at), openings);
    } else if (character === '[' && label < 0) label = at;
    if (character === ']' && label >= 0) {
      const rest = shown.slice(at + 1);
      // Only the address is missing: the label is shown in its place.
      if (rest === '' || PARTIAL_ADDRESS.test(rest)) return closeOpen(withoutBracket(shown.slice(0, at), label), rounds - 1);
      label = -1;
    }
    at += length;
  }
  return isLabel(shown, label) ? closeOpen(withoutBracket(shown, label), rounds - 1) : closeAll(shown, openings);
}

/** Takes off markers at the end that nothing follows yet: `text **`, `text ![`. */
function withoutDangling(text: string): string {
  let end = text.length;
  while (end > 0 && '[*_~\\'.includes(text.charAt(end - 1))) end -= text.endsWith('![', end) ? 2 : 1;
  return text.slice(0, end);
}

function isLabel(text: string, at: number): boolean {
  return at >= 0 && text.length - at <= MAX_OPEN_LABEL;
}

function withoutBracket(text: string, at: number): string {
  return text.slice(0, text[at - 1] === '!' ? at - 1 : at) + text.slice(at + 1);
}

function runLength(text: string, at: number): number {
  let end = at;
  while (text[end] === text[at]) end++;
  return end - at;
}

/** Where the run of exactly `length` backticks ends, searched from `at`; -1 when there is none. */
function closingBackticks(text: string, at: number, length: number): number {
  for (let from = text.indexOf('`', at); from >= 0; from = text.indexOf('`', from)) {
    const run = runLength(text, from);
    from += run;
    if (run === length) return from;
  }
  return -1;
}

function closeCode(text: string, at: number, length: number, openings: readonly string[], rounds: number): string {
  const code = text
    .slice(at + length)
    .replace(/`+$/, '')
    .trimEnd();
  if (code === '') return closeOpen(text.slice(0, at), rounds - 1);
  return closeAll(text.slice(0, at + length) + code + '`'.repeat(length), openings);
}

/** Shows what has arrived of a formula as code. */
function closeFormula(before: string, tex: string, openings: readonly string[], rounds: number): string {
  const shown = tex.replace(/[$\\]+$/, '').trim();
  if (shown === '') return closeOpen(before, rounds - 1);
  const fence = '`'.repeat(Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length)) + 1);
  return closeAll(`${before}${fence} ${shown} ${fence}`, openings);
}

/** Notes the opening that the run at `at` is, or takes away the ones it closes. */
function meet(openings: string[], text: string, at: number, length: number): void {
  const marker = text.slice(at, at + length);
  const sign = marker[0] ?? '';
  if (length > 3 || (sign === '~' && length !== 2)) return;
  const before = text[at - 1] ?? ' ';
  const after = text[at + length] ?? ' ';
  const last = openings.map((opening) => opening.startsWith(sign)).lastIndexOf(true);
  if (last >= 0 && /\S/.test(before) && (openings[last]?.length === length || !/\w/.test(after))) {
    const left = openings[last]?.slice(length) ?? '';
    openings.length = last;
    if (left) openings.push(left);
    return;
  }
  // A single marker right after a letter is rather a product or a name (`2*3`, `snake_case`) than emphasis.
  const opens = /\S/.test(after) && (sign !== '_' && length > 1 ? true : !/[\w)\]]/.test(before));
  if (opens && openings.length < MAX_OPENINGS) openings.push(marker);
}

function closeAll(text: string, openings: readonly string[]): string {
  if (openings.length === 0) return text;
  const end = text.trimEnd();
  return openings.reduceRight((closed, marker) => closed + marker, end) + text.slice(end.length);
}
