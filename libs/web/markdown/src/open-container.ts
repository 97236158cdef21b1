import { type Tokens } from 'marked';
import { type List, type ListItem, type Table } from './nodes';
import { toBlock, toListItem } from './to-nodes';

/** Items and rows at the end that are read again: what follows may still belong to them. */
const KEPT = 2;

/** The items of a growing list that change no more. The rest is read from where they end. */
export interface OpenList {
  readonly kind: 'list';
  readonly ordered: boolean;
  readonly start: number;
  /** One of the items makes the list loose. */
  readonly loose: boolean;
  readonly items: readonly ListItem[];
}

/** The rows of a growing table that change no more. The rest is read with the head in front. */
export interface OpenTable {
  readonly kind: 'table';
  /** Header and delimiter lines. */
  readonly prefix: string;
  readonly rows: Table['rows'];
}

/** The whole list: `head` and what was read after it. */
export function joinList(head: OpenList | null, token: Tokens.List): List {
  const rest = toBlock(token) as List;
  if (!head) return rest;
  return { ...rest, start: head.start, loose: head.loose || rest.loose, items: [...head.items, ...rest.items] };
}

/** The whole table: `head` and what was read after it. */
export function joinTable(head: OpenTable | null, token: Tokens.Table): Table {
  const rest = toBlock(token) as Table;
  return head ? { ...rest, rows: [...head.rows, ...rest.rows] } : rest;
}

/** Moves the items that are sure by now into the head; `length` is the length of their source. */
export function growList(head: OpenList | null, token: Tokens.List): { head: OpenList; length: number } | null {
  const sure = token.items.slice(0, -KEPT);
  if (sure.length === 0) return null;
  const whole = joinList(head, token);
  const loose = (head?.loose ?? false) || sure.some(isLoose);
  const items = [...(head?.items ?? []), ...sure.map(toListItem)];
  const length = sure.reduce((sum, item) => sum + item.raw.length, 0);
  return { head: { kind: 'list', ordered: whole.ordered, start: whole.start, loose, items }, length };
}

/** Moves the rows that are sure by now into the head; `length` is the length of their source, header included where it was. */
export function growTable(head: OpenTable | null, token: Tokens.Table, source: string): { head: OpenTable; length: number } | null {
  const sure = token.rows.length - KEPT;
  if (sure <= 0) return null;
  const prefix = head?.prefix ?? source.slice(0, lineEnd(source, 2));
  const rows = [...(head?.rows ?? []), ...(toBlock(token) as Table).rows.slice(0, sure)];
  return { head: { kind: 'table', prefix, rows }, length: lineEnd(source, sure + (head ? 0 : 2)) };
}

/** As marked decides it, for an item that another one follows. */
function isLoose(item: Tokens.ListItem): boolean {
  return /\n[ \t]*\n[ \t]*$/.test(item.raw) || item.tokens.some((token) => token.type === 'space' && /\n.*\n/.test(token.raw));
}

function lineEnd(source: string, lines: number): number {
  let at = 0;
  for (let line = 0; line < lines; line++) at = source.indexOf('\n', at) + 1;
  return at;
}
