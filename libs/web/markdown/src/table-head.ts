import { type Alignment } from './nodes';
import { directionOf } from './text-direction';

/** The first two lines of a table. */
export interface TableHead {
  readonly align: readonly Alignment[];
  /** The texts of the first row. */
  readonly cells: readonly string[];
  readonly dir: 'ltr' | 'rtl';
}

const RULE = /^\|(?: *:?-+:? *\|)+ *$/;

/** null: these lines begin no table, or only its rows will say which way it is written. */
export function tableHead(head: string, rule: string): TableHead | null {
  if (!RULE.test(rule) || !/\| *$/.test(head)) return null;
  const cells = cellsOf(head);
  const align = cellsOf(rule).map(alignmentOf);
  const dir = directionOf([[{ kind: 'text', text: head.replace(/`[^`]*`/g, '') }]]);
  return dir && cells.length === align.length ? { align, cells, dir } : null;
}

/** The texts between the bars of a line that begins and ends with one. */
function cellsOf(line: string): string[] {
  return line
    .slice(1, line.lastIndexOf('|'))
    .split('|')
    .map((cell) => cell.trim());
}

function alignmentOf(cell: string): Alignment {
  if (cell.endsWith(':')) return cell.startsWith(':') ? 'center' : 'right';
  return cell.startsWith(':') ? 'left' : null;
}
