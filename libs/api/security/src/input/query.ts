import { countChars, LIMITS } from '@echo/contract';
import { Refusal } from '../refusals/refusal';
import { checkCharacters } from './check-text';

/** Query parameters as Express gives them. */
export type Query = Readonly<Record<string, unknown>>;

/** Entries on one page. */
export function limitOf(query: Query): number {
  const text = textOf(query, 'limit');
  if (text === undefined) return LIMITS.pageSizeDefault;
  const limit = /^[0-9]{1,4}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > LIMITS.pageSizeMax) throw invalidParameter('limit', `Give a whole number from 1 to ${LIMITS.pageSizeMax}.`);
  return limit;
}

/** Text to search for; undefined when there is none. */
export function searchOf(query: Query): string | undefined {
  const text = textOf(query, 'q');
  if (text === undefined || text.trim() === '') return undefined;
  checkCharacters(text, 'q');
  if (countChars(text) > LIMITS.queryChars) {
    throw Refusal.ofFields([{ pointer: 'q', code: 'too_long', detail: `Search for at most ${LIMITS.queryChars} characters.` }]);
  }
  return text;
}

export function flagOf(query: Query, name: string): boolean {
  const text = textOf(query, name);
  if (text === undefined || text === 'false') return false;
  if (text === 'true') return true;
  throw invalidParameter(name, 'Give true or false.');
}

export function textOf(query: Query, name: string): string | undefined {
  const value = query[name];
  if (value === undefined || typeof value === 'string') return value;
  throw invalidParameter(name, 'Give this parameter once.');
}

export function invalidParameter(pointer: string, detail: string): Refusal {
  return Refusal.ofFields([{ pointer, code: 'invalid_value', detail }]);
}

/** The place in a list after which its next page begins, as a text that clients pass on unread. */
export function writeCursor(parts: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** The parts that `writeCursor` was given; undefined without a cursor. Each part is still to be checked. */
export function readCursor(query: Query): unknown[] | undefined {
  const text = textOf(query, 'cursor');
  if (text === undefined) return undefined;
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (Array.isArray(parts)) return parts as unknown[];
  } catch {
    // Not JSON: not one of ours, as below.
  }
  throw badCursor();
}

export function badCursor(): Refusal {
  return new Refusal('invalid_cursor', 'Pass the next_cursor of the page before, unchanged, or none for the first page.');
}

/** One page of rows that were read with one row more than fits. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  view: (row: Row) => Item,
  cursor: (last: Row) => string,
): { readonly items: readonly Item[]; readonly next_cursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(view), next_cursor: rows.length > limit && last !== undefined ? cursor(last) : null };
}
