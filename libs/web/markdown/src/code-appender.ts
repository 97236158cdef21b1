import { type Pen } from './pen';
import { CHUNK } from './to-nodes';

/** How a block of code began. */
interface Fence {
  /** '`' or '~' */
  readonly sign: string;
  /** So many of them at least close it. */
  readonly minimum: number;
  /** As many spaces are taken off each line. */
  readonly indent: number;
}

/** Appends the lines of a block of code. */
export class CodeAppender {
  /** The line break before the next line: the last one is no part of the code. */
  private held = '';
  /** Characters in the text node that grows. */
  private length = 0;

  constructor(
    private readonly pen: Pen,
    text: Element,
    private readonly fence: Fence,
  ) {
    pen.enter(text);
  }

  isClosedBy(line: string): boolean {
    const marker = /^ {0,3}(`{3,}|~{3,}) *$/.exec(line)?.[1] ?? '';
    return marker.startsWith(this.fence.sign) && marker.length >= this.fence.minimum;
  }

  /** Whether a line that begins like this may still close it, or be indented. */
  mayEnd(line: string): boolean {
    return /^ {0,3}(?:`*|~*) *$/.test(line);
  }

  /** @returns how many characters at the beginning of `line` are no part of the code */
  startLine(line: string): number {
    this.put(this.held);
    this.held = '';
    return Math.min(this.fence.indent, /^\s*/.exec(line)?.[0].length ?? 0);
  }

  write(text: string, at: number, end: number): number {
    this.put(text.slice(at, end));
    return end;
  }

  endLine(): void {
    this.held = '\n';
    // A text of its own from time to time: each addition copies what is there.
    if (this.length > CHUNK) {
      this.put(this.held);
      this.held = '';
      this.pen.breakText();
      this.length = 0;
    }
  }

  private put(text: string): void {
    this.length += text.length;
    this.pen.write(text);
  }
}
