import { lex } from './bounded-lexer';
import { NOTHING_KNOWN } from './known';
import { type Table } from './nodes';
import { directionOf } from './text-direction';
import { toBlock } from './to-nodes';

/** The table that begins with these two lines, without rows; null: they begin none, or only its rows will say which way it is written. */
export function tableHead(head: string, rule: string): Table | null {
  const [token, ...others] = lex(`${head}\n${rule}`, NOTHING_KNOWN, false).tokens;
  const table = token && others.length === 0 ? toBlock(token) : null;
  return table?.kind === 'table' && directionOf(table.header) ? table : null;
}
