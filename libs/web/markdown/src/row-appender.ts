import { DOUBT, type InlineAppender, WAIT } from './inline-appender';

/** Cells that may be missing in all rows together: a table with many is no table to the lexer. */
const MAX_MISSING = 500;

/** Appends the rows of a table. */
export class RowAppender {
  private row: Element | null = null;
  /** The cell that is written; null: the row has just begun, or has no more. */
  private cell: Element | null = null;
  /** Bars that were passed in the row. */
  private bars = 0;
  /** Something is written in the cell. */
  private isBegun = false;
  private missing = 0;

  /** @param addRow makes a row of so many empty cells */
  constructor(
    private readonly inline: InlineAppender,
    private readonly columns: number,
    private readonly addRow: () => Element,
  ) {}

  /** Starts a row. */
  begin(): void {
    if (this.row) this.missing += Math.max(0, this.columns + 1 - this.bars);
    this.row = this.addRow();
    this.cell = null;
    this.bars = 0;
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
        if (!this.cell) return DOUBT;
        if (!this.isBegun) this.inline.begin(this.cell);
        this.isBegun = true;
        const next = this.inline.write(text, at, cellEnd, isCellEnd || isWhole);
        if (next < 0) return next === WAIT && at > from ? at : next;
        at = next;
        if (at < cellEnd) return at > from ? at : WAIT;
      }
      if (isCellEnd || isWhole) {
        if (this.isBegun && !this.inline.isClosed) return DOUBT;
        if (isCellEnd) {
          this.cell = (this.bars === 0 ? this.row?.firstElementChild : this.cell?.nextElementSibling) ?? null;
          this.bars++;
          this.isBegun = false;
          at = cellEnd + 1;
        }
      }
    }
    return at;
  }
}
