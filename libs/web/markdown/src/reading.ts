import { type Token, type Tokens } from 'marked';
import { atEnd } from './at-end';
import { lex } from './bounded-lexer';
import { type Known, NOTHING_KNOWN, withDefinition } from './known';
import { type Block, type Inline } from './nodes';
import { growList, growTable, joinList, joinTable, type OpenList, type OpenTable } from './open-container';
import { toBlock, toBlocks } from './to-nodes';

/** A tail this long (characters) is read again only when it has grown by a `PATIENCE`th, so that reading stays proportional to the text. */
const EAGER = 2_048;
const PATIENCE = 16;
/** A last line of markers only may still become any of several blocks: `-` a list, a rule, or the underline of a heading. */
const UNDECIDED =
  /^[ \t>]*(?:[-=]+|[*+_]+|#{1,6}|`+|~+|\d{1,9}[.)]?|\|[ |:-]*|[-*+][ \t]+\[[ xX]?\]?|\[\^[^\]\s]*\]?:?|\${1,2}|\\\[?)[ \t]*$/;
const MAX_UNDECIDED = 80;
const CARET: Inline = { kind: 'caret' };

/** How far a growing text has been read, and what came of the last step. */
export interface Reading {
  /** The text as it was given. */
  readonly text: string;
  readonly finished: boolean;
  /** Number of blocks at the beginning that stay as they were before this step. The others follow: first those that change no more, then those that may (`growingOf`). */
  readonly kept: number;
  readonly settled: readonly Block[];
  /** Characters given to the lexer so far. */
  readonly lexed: number;
  /** The tail: what comes after the settled blocks and `head`, with every line end as `\n`. */
  readonly source: string;
  /** Characters of `text` that have come into `source`: a `\r` at the end waits for its `\n`. */
  readonly taken: number;
  /** Where the tail starts in `source`. Between two steps: at its beginning. */
  readonly cut: number;
  /** The part before `cut` of a block that goes on after it. */
  readonly head: OpenList | OpenTable | null;
  readonly tail: readonly Block[];
  /** Where the last reading of the tail ended in `source`. */
  readonly readTo: number;
  /** From settled blocks. */
  readonly known: Known;
}

/** Nothing has been read yet. */
export const UNREAD: Reading = {
  text: '',
  finished: false,
  kept: 0,
  settled: [],
  lexed: 0,
  source: '',
  taken: 0,
  cut: 0,
  head: null,
  tail: [],
  readTo: 0,
  known: NOTHING_KNOWN,
};

/**
 * Reads on. While `streaming`, only the blocks at the end are read again; a text that did something else than grow is read anew. When it is over the
 * whole is read once more, so that the result never depends on how the text arrived.
 */
export function advance(previous: Reading | undefined, text: string, streaming: boolean): Reading {
  // The text that was given last, so that not two equal ones are kept.
  if (!streaming) return previous?.finished && previous.text === text ? { ...atRest(previous), text } : finish(previous ?? UNREAD, text);
  const before = previous && !previous.finished && grows(previous.text, text) ? atRest(previous) : UNREAD;
  const reading = read(take(before, text));
  const { cut } = reading;
  return { ...reading, source: reading.source.slice(cut), readTo: reading.readTo - cut, cut: 0 };
}

/** What remains of a reading when its blocks are on the page. */
export function atRest(reading: Reading): Reading {
  const kept = reading.kept + reading.settled.length;
  return { ...reading, kept, settled: [] };
}

/** As `startsWith`, which takes a microsecond for each hundred characters. What stands before `from` is not compared. */
export function grows(before: string, text: string, from = 0): boolean {
  return text.slice(from, before.length) === before.slice(from);
}

function finish(previous: Reading, text: string): Reading {
  const reading = readEnd(text, 0, newlines(text));
  return { ...reading, lexed: previous.lexed + reading.lexed };
}

/** Footnotes stand at the end, in the order of their marks, wherever they were written. */
function notesLast(blocks: readonly Block[]): Block[] {
  const notes = blocks.filter((block) => block.kind === 'note').sort((one, other) => one.number - other.number);
  return [...blocks.filter((block) => block.kind !== 'note'), ...notes];
}

/** Reads the end of a text of which others have drawn so many blocks: `source`. It needs nothing of what they have drawn. */
export function readEnd(text: string, drawn: number, source: string): Reading {
  const settled = notesLast(toBlocks(lex(source, NOTHING_KNOWN, false).tokens));
  return { ...UNREAD, text, kept: drawn, settled, finished: true, lexed: source.length };
}

/** Goes on after blocks that others have drawn: `source` is what the first `taken` characters of `text` have after them. */
export function readOn(reading: Reading, drawn: number, source: string, text: string, taken: number): Reading {
  return { ...reading, text, taken, source, kept: reading.kept + drawn, head: null, tail: [], readTo: 0 };
}

function take(reading: Reading, text: string): Reading {
  const { added, taken } = arrived(text, reading.taken);
  return { ...reading, text, source: reading.source + added, taken };
}

/** What `text` has after its first `taken` characters, with every line end as `\n`; a `\r` at the end waits for its `\n`. */
export function arrived(text: string, taken: number): { added: string; taken: number } {
  const added = text.slice(taken);
  const whole = added.endsWith('\r') ? added.slice(0, -1) : added;
  return { added: newlines(whole), taken: taken + whole.length };
}

function newlines(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** The blocks after the settled ones, with what was not read yet as plain text, and the caret. */
export function growingOf(reading: Reading): readonly Block[] {
  if (reading.finished) return [];
  const waiting = reading.source.slice(reading.readTo);
  return atEnd(reading.tail, waiting.trim() === '' ? [CARET] : [{ kind: 'text', text: waiting }, CARET]);
}

function read(reading: Reading): Reading {
  const { source, cut, readTo } = reading;
  const length = source.length - cut;
  const waits = length > EAGER && source.length - readTo < length / PATIENCE;
  return waits ? reading : readTail(reading);
}

function settle(reading: Reading, blocks: readonly Block[]): Reading {
  return { ...reading, settled: [...reading.settled, ...blocks] };
}

function readTail(reading: Reading): Reading {
  const { source, cut, head } = reading;
  const visible = decided(source.slice(cut));
  const prefix = head?.kind === 'table' ? head.prefix : '';
  const { tokens, marked } = lex(prefix + visible, reading.known, true);
  const lexed = reading.lexed + prefix.length + visible.length;
  const known = { ...reading.known, marked };
  const next: Reading = { ...reading, lexed, readTo: source.length, known };
  return settleTokens(next, tokens, prefix.length);
}

/** `source` without a last line that shows nothing yet. */
function decided(source: string): string {
  const start = source.lastIndexOf('\n') + 1;
  const undecided = source.length - start <= MAX_UNDECIDED && UNDECIDED.test(source.slice(start));
  return undecided ? source.slice(0, Math.max(0, start - 1)) : source;
}

/** Settles what is sure among the tokens of the tail; the others become the tail's blocks. */
function settleTokens(reading: Reading, tokens: readonly Token[], prefixLength: number): Reading {
  const { head } = reading;
  const fits = !head || tokens[0]?.type === head.kind;
  // What was read as one list turned out to be two blocks: the first part stands for itself.
  const base = fits ? reading : settle({ ...reading, head: null }, [headBlock(head)]);
  const open = fits ? head : null;
  let sure = sureCount(tokens);
  let current = base;
  for (const [index, token] of tokens.slice(0, sure).entries()) {
    const raw = index === 0 && open ? token.raw.slice(prefixLength) : token.raw;
    // marked rebuilds the source of some blocks; where it is not what was written, the next block's place is not known.
    if (!reading.source.startsWith(raw, current.cut)) {
      sure = index;
      break;
    }
    const block = joined(index === 0 ? open : null, token);
    const known = withDefinition(current.known, token);
    current = { ...settle(current, block ? [block] : []), cut: current.cut + raw.length, head: null, known };
  }
  const rest = tokens.slice(sure);
  const restHead = sure === 0 ? open : null;
  const tail = rest.flatMap((token, index) => joined(index === 0 ? restHead : null, token) ?? []);
  return openLast({ ...current, head: restHead, tail }, rest, restHead);
}

/** Where a single block is left, goes on with it from its middle: a list by items, a table by rows. */
function openLast(reading: Reading, rest: readonly Token[], head: OpenList | OpenTable | null): Reading {
  const [token] = rest;
  const source = reading.source.slice(reading.cut);
  if (!token || rest.length > 1) return reading;
  const grown =
    token.type === 'list'
      ? growList(head?.kind === 'list' ? head : null, token as Tokens.List)
      : token.type === 'table'
        ? growTable(head?.kind === 'table' ? head : null, token as Tokens.Table, source)
        : null;
  return grown ? { ...reading, head: grown.head, cut: reading.cut + grown.length } : reading;
}

/** How many tokens at the front can change no more. */
function sureCount(tokens: readonly Token[]): number {
  const last = lastShown(tokens, tokens.length);
  const beforeLast = lastShown(tokens, last);
  if (beforeLast < 0) return isFence(tokens[last]) ? last : 0;
  // Nothing that follows a blank line changes these, and nothing before a fence or a heading reaches past it.
  if (isFence(tokens[last]) || isFinal(tokens[beforeLast], tokens[beforeLast + 1])) return last;
  return beforeLast;
}

/** The last one before `end` that shows something; -1: none. */
function lastShown(tokens: readonly Token[], end: number): number {
  let index = end - 1;
  while (index >= 0 && isEmpty(tokens[index])) index--;
  return index;
}

function isEmpty(token: Token | undefined): boolean {
  return token?.type === 'space' || token?.type === 'def';
}

function isFence(token: Token | undefined): boolean {
  return token?.type === 'code' && (token as Tokens.Code).codeBlockStyle !== 'indented';
}

function isFinal(token: Token | undefined, next: Token | undefined): boolean {
  if (isFence(token) || token?.type === 'heading' || token?.type === 'hr') return true;
  return (token?.type === 'paragraph' || token?.type === 'table') && next?.type === 'space';
}

function joined(head: OpenList | OpenTable | null, token: Token): Block | null {
  if (head?.kind === 'list') return joinList(head, token as Tokens.List);
  if (head?.kind === 'table') return joinTable(head, token as Tokens.Table);
  return toBlock(token);
}

function headBlock(head: OpenList | OpenTable): Block {
  if (head.kind === 'list') return head;
  const [token] = lex(head.prefix, NOTHING_KNOWN, false).tokens;
  return joinTable(head, token as Tokens.Table);
}
