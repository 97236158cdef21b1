import { Appender } from './appender';
import { type CodeBlocks } from './code-blocks';
import { type Drawing } from './drawing';
import { DrawnBlocks } from './drawn-blocks';
import { advance, arrived, atRest, grows, type Reading, readOn, UNREAD } from './reading';

/**
 * One text in an element. While it grows, what is clear is appended as it comes; where it is not, the lexer reads the block from its start, until another block begins.
 * When the text has ended, the lexer reads all of it, and what does not look like it is replaced.
 */
export class MarkdownDrawing {
  private readonly blocks: DrawnBlocks;
  private reading: Reading = UNREAD;
  /** Appends now. What it has taken is not in `reading`. */
  private appender: Appender | null = null;
  private text = '';
  /** Characters of `text` that it has taken. */
  private taken = 0;
  /** A block has begun since the lexer reads. */
  private mayAppend = true;

  constructor(
    private readonly host: Element,
    private readonly document: Document,
    private readonly drawing: Drawing,
    private readonly code: CodeBlocks,
  ) {
    this.blocks = new DrawnBlocks(host, drawing, code);
  }

  /** Characters given to the lexer so far: most of what drawing costs. */
  get lexed(): number {
    return this.reading.lexed;
  }

  /** @param streaming more may follow: a caret stands at the end */
  show(text: string, streaming: boolean): void {
    if (!streaming) this.finish(text);
    else if (!this.append(text)) this.readWhatIsUnclear(text);
  }

  private append(text: string): boolean {
    const { appender } = this;
    if (!appender) return false;
    if (grows(this.text, text)) {
      const { added, taken } = arrived(text, this.taken);
      this.text = text;
      this.taken = taken;
      if (appender.write(added)) return true;
    }
    this.leave(appender);
    return false;
  }

  private readWhatIsUnclear(text: string): void {
    do {
      const reading = advance(this.reading, text, true);
      this.mayAppend ||= reading.settled.length > 0;
      this.blocks.show(reading);
      this.reading = atRest(reading);
    } while (this.mayAppend && this.reading.head === null && !this.takeOver());
  }

  /** Appends what the lexer has begun to read; false: it comes to something unclear, after another block. */
  private takeOver(): boolean {
    const { source } = this.reading;
    const added = this.document.createDocumentFragment();
    const appender = new Appender(this.document, this.drawing, added, (block) => {
      this.code.settle(block);
    });
    const isClear = appender.write(source);
    this.mayAppend = isClear && added.firstChild === null;
    if (this.mayAppend || (!isClear && appender.completed === 0)) return true;
    this.blocks.removeGrowing();
    ({ text: this.text, taken: this.taken } = this.reading);
    if (isClear) {
      this.appender = appender;
      appender.host = this.host;
      this.reading = readOn(this.reading, 0, '', '', 0);
    } else this.leave(appender);
    this.host.appendChild(added);
    return isClear;
  }

  private leave(appender: Appender): void {
    appender.leave(false);
    this.blocks.adopt(appender.completed);
    this.reading = readOn(this.reading, appender.completed, appender.source, this.text, this.taken);
    this.appender = null;
  }

  private finish(text: string): void {
    const { appender } = this;
    const openCode = appender?.openCode;
    if (appender) {
      appender.leave(true);
      this.blocks.adopt(appender.completed + (appender.hasOpen ? 1 : 0));
      this.appender = null;
    }
    const reading = advance(this.reading, text, false);
    this.blocks.show(reading);
    this.reading = atRest(reading);
    // It was taken for what it is.
    if (openCode && this.host.contains(openCode)) this.code.settle(openCode);
  }
}
