const DEFINITION = /^ {0,3}\[\^([^\]\s]{1,100})\]:[ \t]*/;
const MARK = /^\[\^([^\]\s]{1,100})\]/;
/** Lines that never belong to a paragraph above them. */
const INTERRUPTS = /^ {0,3}(?:\[\^[^\]\s]{1,100}\]:|#{1,6}[ \t]|[-*+][ \t]|\d{1,9}[.)][ \t]|>|```|~~~|\||\$\$|\\\[)/;

export interface NoteDefinition {
  readonly raw: string;
  readonly label: string;
  /** Markdown, its indentation taken off. */
  readonly content: string;
}

/** The label of the mark `[^label]` that `text` starts with, and its source. */
export function noteMark(text: string): { raw: string; label: string } | null {
  const [raw, label] = MARK.exec(text) ?? [];
  return raw && label ? { raw, label: label.toLowerCase() } : null;
}

/** The footnote `[^label]: …` that `text` starts with: its paragraph, and what is indented below it. */
export function noteDefinition(text: string): NoteDefinition | null {
  const [opening, label] = DEFINITION.exec(text) ?? [];
  if (!opening || !label) return null;
  let end = lineEnd(text, 0);
  let afterBlank = false;
  for (let at = end; at < text.length;) {
    const next = lineEnd(text, at);
    const line = text.slice(at, next);
    const isBlank = line.trim() === '';
    if (!isBlank && !isContinued(line, afterBlank)) break;
    if (!isBlank) end = next;
    afterBlank = isBlank;
    at = next;
  }
  const raw = text.slice(0, end);
  return { raw, label: label.toLowerCase(), content: raw.slice(opening.length).replace(/\n(?: {1,4}|\t)/g, '\n') };
}

function isContinued(line: string, afterBlank: boolean): boolean {
  return /^(?: {4}|\t)/.test(line) || (!afterBlank && !INTERRUPTS.test(line));
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at + 1;
}
