import { DOCUMENT, inject, PendingTasks } from '@angular/core';
import { type Appender } from './appender';
import { Appenders } from './appenders';
import { CodeBlocks } from './code-blocks';
import { Drawing } from './drawing';
import { DrawnBlocks } from './drawn-blocks';
import { hasRareName, loadRareNames } from './entities';
import { keepSelection } from './kept-selection';
import { advance, arrived, atRest, grows, readEnd, type Reading, readOn, UNREAD } from './reading';

/** Characters at the end of a text that are compared with each step, and after so many more all of it is: each time, that would be a good part of the whole work. */
const COMPARED = 1_000;

/**
 * One text in an element. While it grows, what is clear is appended as it comes; where it is not, the lexer reads the block from its start, until another block begins.
 * When it has ended and something before its last block was not clear, the lexer reads it as a whole, and what does not look like that is replaced. To be made where Angular's
 * `inject` works.
 */
export class MarkdownDrawing {
  private readonly document = inject(DOCUMENT);
  private readonly drawing = inject(Drawing);
  private readonly appenders = inject(Appenders);
  private readonly tasks = inject(PendingTasks);
  private readonly code = new CodeBlocks(this.document, this.tasks);
  private readonly blocks: DrawnBlocks;
  private reading: Reading = UNREAD;
  /** Appends now. What it has taken is not in `reading`. */
  private appender: Appender | null = null;
  private text = '';
  /** Characters of `text` that it has taken. */
  private taken = 0;
  /** The text when all of it was compared last: what came since is always among the last characters. */
  private compared = '';
  /** A block has begun since the lexer reads. */
  private mayAppend = true;

  constructor(private readonly host: Element) {
    this.blocks = new DrawnBlocks(host, this.drawing, this.code);
  }

  /** Characters given to the lexer so far: most of what drawing costs. */
  get lexed(): number {
    return this.reading.lexed;
  }

  /** @param streaming more may follow: a caret stands at the end */
  show(text: string, streaming: boolean): void {
    if (streaming && this.append(text)) return;
    keepSelection(this.host, () => {
      if (streaming) this.readWhatIsUnclear(text);
      else this.finish(text);
    });
  }

  /** One of the buttons in the element was pressed. */
  press(button: HTMLElement): void {
    const { note, back } = button.dataset;
    const target = note ? `.note[data-note="${note}"]` : back ? `button[data-note="${back}"]` : null;
    // From the mark of a footnote to the footnote, and back.
    if (target) this.host.querySelector<HTMLElement>(target)?.focus();
    else this.code.press(button);
  }

  destroy(): void {
    this.code.destroy();
  }

  /** Whether `text` is the one before and something clear, which is appended. */
  private append(text: string, isLast = false): boolean {
    if (!this.appender || !this.goesOn(text, isLast)) return false;
    const { added, taken } = arrived(text, this.taken);
    this.text = text;
    this.taken = taken;
    return this.appender.write(added);
  }

  /** Whether `text` begins with the one before. */
  private goesOn(text: string, isLast: boolean): boolean {
    if (!grows(this.text, text, Math.max(0, this.text.length - COMPARED))) return false;
    if (!isLast && text.length - this.compared.length < COMPARED) return true;
    if (grows(this.compared, text)) {
      this.compared = text;
      return true;
    }
    // It changed some steps ago: what is drawn is this one's.
    this.text = this.compared;
    return false;
  }

  private readWhatIsUnclear(text: string): void {
    if (this.appender) this.leave(this.appender);
    do {
      const reading = advance(this.reading, text, true);
      this.mayAppend ||= reading.settled.length > 0;
      this.draw(reading);
    } while (this.mayAppend && this.reading.head === null && !this.takeOver());
  }

  /** Appends what the lexer has begun to read; false: it comes to something unclear, after another block. */
  private takeOver(): boolean {
    const { source } = this.reading;
    const added = this.document.createDocumentFragment();
    const appender = this.appenders.create(added, (block) => {
      this.code.settle(block);
    });
    const isClear = appender.write(source);
    this.mayAppend = isClear && added.firstChild === null;
    if (this.mayAppend || (!isClear && appender.completed === 0)) return true;
    this.blocks.removeGrowing();
    ({ text: this.text, taken: this.taken } = this.reading);
    if (isClear) {
      this.appender = appender;
      this.compared = this.text;
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
    const isClear = this.append(text, true) && appender?.isFinished === true;
    // Nothing that is clear depends on what else there is.
    const isAppended = appender !== null && this.compared === text && this.reading.kept === 0;
    const openCode = appender?.openCode;
    if (appender) {
      appender.leave(true);
      const drawn = appender.completed + (appender.hasOpen ? 1 : 0);
      this.blocks.adopt(drawn);
      this.appender = null;
      if (isAppended) this.draw(isClear ? readEnd(text, drawn, '') : readEnd(text, appender.completed, appender.source));
    }
    if (!isAppended) this.draw(advance(this.reading, text, false));
    if (openCode && this.host.contains(openCode)) this.code.settle(openCode);
    // `reading` has it.
    this.text = this.compared = '';
    if (hasRareName(text)) void this.tasks.run(() => this.readRareNames(text));
  }

  /** Reads `text` once more with the names that only few texts have. Where they cannot be loaded they stay as they were typed. */
  private async readRareNames(text: string): Promise<void> {
    try {
      await loadRareNames();
    } catch {
      return;
    }
    if (this.appender || !this.reading.finished || this.reading.text !== text) return;
    keepSelection(this.host, () => {
      this.draw(advance(UNREAD, text, false));
    });
  }

  private draw(reading: Reading): void {
    this.blocks.show(reading);
    this.reading = atRest(reading);
  }
}
