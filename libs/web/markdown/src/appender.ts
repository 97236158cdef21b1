import { CodeAppender } from './code-appender';
import { type Drawing } from './drawing';
import { emptyShapes } from './empty-shapes';
import { DOUBT, InlineAppender, WAIT } from './inline-appender';
import { type FenceStart, type ItemStart, lineStart } from './line-start';
import { OpenLists } from './open-lists';
import { Pen } from './pen';
import { RowAppender } from './row-appender';
import { type ElementShape } from './shape';
import { tableHead } from './table-head';
import { languageOf } from './to-nodes';

/**
 * Appends blocks while their text comes, where it is clear what they are: paragraphs, headings, lists, quotes, tables and code as models usually write them. Nothing that
 * stands is touched again. What is not clear it does not guess: the lexer reads the block from its start.
 */
export class Appender {
  /** Blocks that are complete. */
  completed = 0;
  /** What came since they are. */
  source = '';

  private readonly pen: Pen;
  private readonly inline: InlineAppender;
  /** What is not appended yet: the start of a line, or signs that may mean something. */
  private rest = '';
  private isLineStart = true;
  /** The outermost element of what is open. */
  private block: Element | null = null;
  /** Another line may follow in the same paragraph. */
  private isText = false;
  private isHeading = false;
  private isQuote = false;
  /** The first line of a block with a `|` at its start. */
  private isHead = false;
  private lists: OpenLists | null = null;
  private afterBlank = false;
  private rows: RowAppender | null = null;
  private code: CodeAppender | null = null;

  /**
   * @param host where blocks are added
   * @param onCode a block of code is complete
   */
  constructor(
    document: Document,
    private readonly drawing: Drawing,
    public host: Node,
    private readonly onCode: (block: Element) => void,
  ) {
    this.pen = new Pen(document, drawing);
    this.inline = new InlineAppender(this.pen);
  }

  /** The block of code that is not complete yet. */
  get openCode(): Element | null {
    return this.code && this.block;
  }

  get hasOpen(): boolean {
    return this.block !== null;
  }

  /** Whether all that stands is clear, should the text end here. */
  get isFinished(): boolean {
    return this.rest.trim() === '' && this.code === null && !this.isHead && (this.block === null || this.inline.isClosed);
  }

  /** Appends `added`; false: it is not clear, and what came since the last complete block has to be read. */
  write(added: string): boolean {
    this.source += added;
    this.rest += added;
    let at = 0;
    while (at < this.rest.length) {
      const next = this.isLineStart ? this.startLine(at) : this.goOn(at);
      if (next === DOUBT) return false;
      if (next === WAIT) break;
      at = next;
    }
    this.rest = this.rest.slice(at);
    this.pen.flush();
    return true;
  }

  /** Leaves the text to others: complete blocks stay, what is open may. */
  leave(keepsOpen: boolean): void {
    this.pen.flush();
    this.pen.removeCaret();
    if (!keepsOpen) this.block?.remove();
  }

  private startLine(at: number): number {
    const end = this.rest.indexOf('\n', at);
    const isWhole = end >= 0;
    const line = this.rest.slice(at, isWhole ? end : undefined);
    if (this.code) return this.startCodeLine(this.code, line, isWhole, at);
    if (this.isHead) return this.startTable(line, isWhole, at);
    const start = lineStart(line, isWhole);
    switch (start.kind) {
      case 'undecided':
        return WAIT;
      case 'doubtful':
        return DOUBT;
      case 'blank':
        return this.startBlank(end + 1);
      case 'fence':
        return this.startFence(start, at, end + 1);
      case 'text':
        return this.begun(start, at, this.startText(start.indent, at));
      case 'quote':
        return this.begun(start, at, this.startQuote(at));
      case 'row':
        return this.begun(start, at, this.startRow(at));
      case 'heading':
        return this.begun(start, at, this.startHeading(start.level, at));
      case 'item':
        return this.begun(start, at, this.startItem(start, at));
    }
  }

  private begun(start: { length: number }, at: number, isClear: boolean): number {
    this.afterBlank = this.isLineStart = false;
    return isClear ? at + start.length : DOUBT;
  }

  private startBlank(next: number): number {
    if (this.isText && !this.inline.isClosed) return DOUBT;
    this.isText = false;
    if (this.lists) this.afterBlank = true;
    else this.complete(next);
    return next;
  }

  private startText(indent: number, at: number): boolean {
    if (this.rows || this.isQuote) return false;
    if (this.isText) return indent === (this.lists?.content ?? 0) && this.inline.breakLine();
    // What comes below a list after an empty line, at the left, is no part of it.
    if (indent > 0 || !this.complete(at)) return false;
    this.begin(this.add(emptyShapes.paragraph(true)));
    return true;
  }

  private startQuote(at: number): boolean {
    if (this.isQuote && this.isText) return this.inline.breakLine();
    if (!this.complete(at)) return false;
    this.isQuote = true;
    const paragraph = this.add(emptyShapes.quote()).firstElementChild;
    if (paragraph) this.begin(paragraph);
    return paragraph !== null;
  }

  private startHeading(level: number, at: number): boolean {
    if (!this.complete(at)) return false;
    this.isHeading = true;
    this.begin(this.add(emptyShapes.heading(level)));
    return true;
  }

  private startItem(start: ItemStart, at: number): boolean {
    if (this.rows || (this.isText && !this.inline.isClosed)) return false;
    const isBelowText = this.isText;
    if (this.lists?.isEndedBy(start) !== false) {
      // Only a list that starts with 1 ends a paragraph.
      if (!this.lists && isBelowText && (start.number ?? 1) !== 1) return false;
      if (!this.complete(at)) return false;
      this.lists = new OpenLists((shape, parent) => this.add(shape, parent));
    }
    const paragraph = this.lists.addItem(start, isBelowText, this.afterBlank);
    if (paragraph) this.begin(paragraph);
    return paragraph !== null;
  }

  private startFence(start: FenceStart, at: number, next: number): number {
    // What is indented below an item may belong to it.
    if ((this.lists && start.column > 0) || !this.complete(at)) return DOUBT;
    // Signs may be escaped in the label.
    const language = languageOf(start.label.trim().replace(/\\([\p{P}\p{S}])/gu, '$1'));
    const block = this.add(emptyShapes.code(language));
    const text = block.querySelector('code');
    if (!text) return DOUBT;
    this.code = new CodeAppender(this.pen, text, start);
    return next;
  }

  private startCodeLine(code: CodeAppender, line: string, isWhole: boolean, at: number): number {
    if (isWhole && code.isClosedBy(line)) {
      const block = this.block;
      // All of it is to be there, also what came together with its end.
      this.pen.breakText();
      this.code = null;
      this.complete(at + line.length + 1);
      if (block) this.onCode(block);
      return at + line.length + 1;
    }
    if (!isWhole && code.mayEnd(line)) return WAIT;
    this.isLineStart = false;
    return at + code.startLine(line);
  }

  private startRow(at: number): boolean {
    if (this.rows) {
      this.rows.begin();
      return true;
    }
    if (this.isText || !this.complete(at)) return false;
    this.isHead = true;
    this.begin(this.add(emptyShapes.paragraph(true)));
    return true;
  }

  /** The line below what may be the head of a table. */
  private startTable(line: string, isWhole: boolean, at: number): number {
    if (!/^[|:\- ]*$/.test(line)) return DOUBT;
    if (!isWhole) return WAIT;
    const head = tableHead(this.source.slice(0, this.source.indexOf('\n')), line);
    if (!head) return DOUBT;
    const { align, cells, dir } = head;
    this.block?.remove();
    const block = this.add(emptyShapes.table(align, dir));
    for (const [index, cell] of block.querySelectorAll('th').entries()) {
      const text = cells[index] ?? '';
      if (text === '') continue;
      this.inline.begin(cell);
      if (this.inline.write(text, 0, text.length, true) !== text.length || !this.inline.isClosed) return DOUBT;
    }
    const table = block.querySelector('table');
    if (!table) return DOUBT;
    let body: Element | undefined;
    this.isHead = this.isText = false;
    this.rows = new RowAppender(this.inline, align.length, () => {
      body ??= this.add(emptyShapes.tableBody(), table);
      return this.add(emptyShapes.row(align), body);
    });
    return at + line.length + 1;
  }

  private goOn(at: number): number {
    const { rest } = this;
    const found = rest.indexOf('\n', at);
    const isWhole = found >= 0;
    const end = isWhole ? found : rest.length;
    const next = this.code
      ? this.code.write(rest, at, end)
      : this.rows
        ? this.rows.write(rest, at, end, isWhole)
        : this.inline.write(rest, at, end, isWhole);
    if (next < 0 || !isWhole || next < end) return next;
    this.isLineStart = true;
    this.code?.endLine();
    if (this.isHeading && !this.complete(end + 1)) return DOUBT;
    return end + 1;
  }

  private add(shape: ElementShape, parent = this.host): Element {
    const element = this.drawing.copy(shape);
    parent.appendChild(element);
    if (parent === this.host) this.block = element;
    return element;
  }

  private begin(leaf: Element): void {
    this.inline.begin(leaf);
    this.isText = true;
  }

  /** What is open is complete, and the next block begins at `next`; false: something in it is still open. */
  private complete(next: number): boolean {
    if (this.isText && !this.inline.isClosed) return false;
    if (this.block) this.completed++;
    this.source = this.rest.slice(next);
    this.block = this.rows = this.lists = null;
    this.isText = this.isHeading = this.isQuote = this.isHead = this.afterBlank = false;
    return true;
  }
}
