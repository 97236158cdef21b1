import { type ListPosition } from '@echo/api-persistence';
import { LIMITS } from '@echo/contract';
import { checkCharacters } from '../check-text';
import { isRowId } from '../ids';
import { Refusal } from '../refusal';

/** Query parameters as Express gives them. */
export type Query = Readonly<Record<string, unknown>>;

/** Entries on one page. */
export function limitOf(query: Query): number {
  const text = textOf(query, 'limit');
  if (text === undefined) return LIMITS.pageSizeDefault;
  const limit = /^[0-9]{1,4}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > LIMITS.pageSizeMax) throw invalid('limit', `Give a whole number from 1 to ${LIMITS.pageSizeMax}.`);
  return limit;
}

/** Text to search for; undefined when there is none. */
export function searchOf(query: Query): string | undefined {
  const text = textOf(query, 'q');
  if (text === undefined || text.trim() === '') return undefined;
  checkCharacters(text, 'q');
  if (text.length > LIMITS.queryChars) {
    throw Refusal.ofFields([{ pointer: 'q', code: 'too_long', detail: `Search for at most ${LIMITS.queryChars} characters.` }]);
  }
  return text;
}

export function flagOf(query: Query, name: string): boolean {
  const text = textOf(query, name);
  if (text === undefined || text === 'false') return false;
  if (text === 'true') return true;
  throw invalid(name, 'Give true or false.');
}

/** Place in the list of conversations that `writeListCursor` named. */
export function listPositionOf(query: Query): ListPosition | undefined {
  const text = textOf(query, 'cursor');
  if (text === undefined) return undefined;
  const [pinned, time, id] = partsOf(text);
  if (typeof pinned !== 'boolean' || typeof time !== 'number' || typeof id !== 'number' || !isRowId(id) || !(Math.abs(time) < 8e15))
    throw badCursor();
  return { pinned, updatedAt: new Date(time), id };
}

export function writeListCursor(position: ListPosition): string {
  return encode([position.pinned, position.updatedAt.getTime(), position.id]);
}

/** Id of the last message on the page before; 0 for the first page. */
export function messagePositionOf(query: Query): number {
  const text = textOf(query, 'cursor');
  if (text === undefined) return 0;
  const [id] = partsOf(text);
  if (typeof id !== 'number' || !isRowId(id)) throw badCursor();
  return id;
}

export function writeMessageCursor(id: number): string {
  return encode([id]);
}

/** Number of an event: a whole number from 0, as text. */
export function seqOf(text: string): number {
  const seq = /^[0-9]{1,10}$/.test(text) ? Number(text) : NaN;
  // The column is an int4: what does not fit was never the number of an event.
  if (!(seq <= 2_147_483_647)) throw new Refusal('invalid_cursor', 'Give the number of the last event that was seen, or 0 for all.');
  return seq;
}

export function textOf(query: Query, name: string): string | undefined {
  const value = query[name];
  if (value === undefined || typeof value === 'string') return value;
  throw invalid(name, 'Give this parameter once.');
}

function invalid(pointer: string, detail: string): Refusal {
  return Refusal.ofFields([{ pointer, code: 'invalid_value', detail }]);
}

function badCursor(): Refusal {
  return new Refusal('invalid_cursor', 'Pass the next_cursor of the page before, unchanged, or none for the first page.');
}

function encode(parts: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

function partsOf(text: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (Array.isArray(parts)) return parts;
  } catch {
    // Not JSON: not one of ours, as below.
  }
  throw badCursor();
}
