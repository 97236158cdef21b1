import { type ListPosition } from '@echo/api-persistence';
import { badCursor, type Query, readCursor, Refusal, writeCursor } from '@echo/api-security';
import { isRowId } from '../ids';

/** Place in the list of conversations that `writeListCursor` named. */
export function listPositionOf(query: Query): ListPosition | undefined {
  const parts = readCursor(query);
  if (parts === undefined) return undefined;
  const [pinned, time, id] = parts;
  if (typeof pinned !== 'boolean' || typeof time !== 'number' || typeof id !== 'number' || !isRowId(id) || !(Math.abs(time) < 8e15))
    throw badCursor();
  return { pinned, updatedAt: new Date(time), id };
}

export function writeListCursor(position: ListPosition): string {
  return writeCursor([position.pinned, position.updatedAt.getTime(), position.id]);
}

/** Id of the last message on the page before; 0 for the first page. */
export function messagePositionOf(query: Query): number {
  const parts = readCursor(query);
  if (parts === undefined) return 0;
  const [id] = parts;
  if (typeof id !== 'number' || !isRowId(id)) throw badCursor();
  return id;
}

export function writeMessageCursor(id: number): string {
  return writeCursor([id]);
}

/** Number of an event: a whole number from 0, as text. */
export function seqOf(text: string): number {
  const seq = /^[0-9]{1,10}$/.test(text) ? Number(text) : NaN;
  // The column is an int4: what does not fit was never the number of an event.
  if (!(seq <= 2_147_483_647)) throw new Refusal('invalid_cursor', 'Give the number of the last event that was seen, or 0 for all.');
  return seq;
}
