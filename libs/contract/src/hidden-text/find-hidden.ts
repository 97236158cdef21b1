import { areMarks, hasRightToLeft, isBidiControl, isNumeric } from './bidi-controls';
import { isAtHome } from './invisible-characters';
import { flagLength, isTag } from './tag-characters';
import { type FindingKind, type TextFinding } from './text-findings';

/**
 * Runs of characters that have no picture of their own: controls (but tab, line ends and the escape that terminals write), format characters, variation
 * selectors, fillers, tags. One class repeated: its time grows with the text and no faster.
 */
const HIDDEN_RUN =
  /[\u0000-\u0008\u000E-\u001A\u001C-\u001F\u007F-\u0084\u0086-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFFB\u{1BCA0}-\u{1BCA3}\u{1D173}-\u{1D17A}\u{E0000}-\u{E0FFF}]+/gu;

/** Finds the characters of a text that nobody sees and that neither a script nor an emoji needs. In the time that reading it takes. */
export function findHidden(text: string): TextFinding[] {
  const found: TextFinding[] = [];
  let rightToLeft: boolean | undefined;
  for (const { 0: run, index } of text.matchAll(HIDDEN_RUN)) {
    const before = charBefore(text, index);
    const flag = flagLength(before, run);
    const rest = run.slice(flag);
    if (rest === '') continue;
    const chars = [...rest];
    const after = String.fromCodePoint(...codePointAt(text, index + run.length));
    // After a flag nothing is at home: what follows would ride on it.
    const isHome =
      isAtHome(chars, before, after) ||
      (areMarks(chars) && (isNumeric(before) || isNumeric(after) || (rightToLeft ??= hasRightToLeft(text))));
    if (flag === 0 && isHome) continue;
    found.push(...findingsIn(chars, index + flag));
  }
  return found;
}

/** One finding for each stretch of one kind. */
function findingsIn(chars: readonly string[], start: number): TextFinding[] {
  const found: { kind: FindingKind; index: number; length: number; count: number }[] = [];
  let index = start;
  for (const char of chars) {
    const kind = kindOf(char);
    const last = found.at(-1);
    if (last?.kind === kind) {
      last.length += char.length;
      last.count++;
    } else {
      found.push({ kind, index, length: char.length, count: 1 });
    }
    index += char.length;
  }
  return found;
}

function kindOf(char: string): FindingKind {
  if (isTag(char)) return 'tag_characters';
  return isBidiControl(char) ? 'bidi_controls' : 'invisible_characters';
}

/** The whole character that ends at `index`; empty at the beginning. */
function charBefore(text: string, index: number): string {
  const isPair = index >= 2 && (text.charCodeAt(index - 1) & 0xfc00) === 0xdc00 && (text.charCodeAt(index - 2) & 0xfc00) === 0xd800;
  return text.slice(Math.max(0, index - (isPair ? 2 : 1)), index);
}

function codePointAt(text: string, index: number): number[] {
  const code = text.codePointAt(index);
  return code === undefined ? [] : [code];
}
