import { countChars } from '@echo/contract';

/** UTF-16 units that one part may have: whoever passes parts on can rely on small pieces. */
export const MAX_PART_LENGTH = 16_384;

/** Counts the characters (code points, reasoning included) of one answer. */
export class OutputLimit {
  #left: number;

  constructor(maxChars: number) {
    this.#left = maxChars;
  }

  /** Whether more came than may be passed on. */
  get isPassed(): boolean {
    return this.#left < 0;
  }

  /** What of `text` may be passed on, in pieces. */
  take(text: string): Iterable<string> {
    // Nearly every piece is small, and has its place even if each of its units were a character.
    if (text.length > MAX_PART_LENGTH || text.length > this.#left) return this.#cut(text);
    this.#left -= countChars(text);
    return [text];
  }

  *#cut(text: string): Generator<string> {
    for (const piece of pieces(text)) {
      const chars = countChars(piece);
      const allowed = chars <= this.#left ? piece : [...piece].slice(0, this.#left).join('');
      this.#left -= chars;
      if (allowed !== '') yield allowed;
      if (this.isPassed) return;
    }
  }
}

/** `text` in pieces that never split a surrogate pair. */
function* pieces(text: string): Generator<string> {
  let start = 0;
  while (text.length - start > MAX_PART_LENGTH) {
    const last = text.charCodeAt(start + MAX_PART_LENGTH - 1);
    const end = start + MAX_PART_LENGTH - (last >= 0xd800 && last <= 0xdbff ? 1 : 0);
    yield text.slice(start, end);
    start = end;
  }
  if (start < text.length) yield text.slice(start);
}
