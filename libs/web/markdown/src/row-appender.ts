import { DOUBT, type InlineAppender, WAIT } from './inline-appender';

/** Cells that may be missing in all rows together: a table with many is no table to the lexer. */
const MAX_MISSING = 500;

/** Appends the rows of a table. */
export class RowAppender {
  private cells: readonly Element[] = [];
  /** The cell that is written; -1: the row has just begun. */
  private at = 0;
  /** Something is written in the cell. */
  private isBegun = false;
  private missing = 0;

  /** @param addRow makes a row of empty cells */
  constructor(
    private readonly inline: InlineAppender,
    private readonly addRow: () => readonly Element[],
  ) {}

  /** Starts a row. */
  begin(): void {
    this.missing += Math.max(0, this.cells.length - this.at);
    this.cells = this.addRow();
    this.at = -1;
    this.isBegun = false;
  }

  /** Takes `text` from `at` to `end`, a part of one row, and says where it waits for more. */
  write(text: string, from: number, end: number, isWhole: boolean): number {
    if (this.missing > MAX_MISSING) return DOUBT;
    let at = from;
    while (at < end) {
      const bar = text.indexOf('|', at);
      const isCellEnd = bar >= 0 && bar < end;
      const cellEnd = isCellEnd ? bar : end;
      if (!this.isBegun) while (at < cellEnd && text[at] === ' ') at++;
      if (at < cellEnd) {
        const cell = this.cells[this.at];
        if (!cell) return DOUBT;
        if (!this.isBegun) this.inline.begin(cell);
        this.isBegun = true;
        const next = this.inline.write(text, at, cellEnd, isCellEnd || isWhole);
        if (next < 0) return next === WAIT && at > from ? at : next;
        at = next;
        if (at < cellEnd) return at > from ? at : WAIT;
      }
      if (isCellEnd || isWhole) {
        if (this.isBegun && !this.inline.isClosed) return DOUBT;
        if (isCellEnd) {
          this.at++;
          this.isBegun = false;
          at = cellEnd + 1;
        }
      }
    }
    return at;
  }
}
