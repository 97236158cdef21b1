/** Ends an answer at texts that its wire cannot ask for. What may be the beginning of one is held back until it is known. */
export class StopTexts {
  readonly #texts: readonly string[];
  #held = '';
  isFound = false;

  constructor(texts: readonly string[]) {
    this.#texts = texts.filter((text) => text !== '');
  }

  /** What of the next piece is surely before every stop text. */
  pass(piece: string): string {
    if (this.isFound) return '';
    if (this.#texts.length === 0) return piece;
    const text = this.#held + piece;
    const found = this.#texts.map((stop) => text.indexOf(stop)).filter((at) => at >= 0);
    this.isFound = found.length > 0;
    const end = this.isFound ? Math.min(...found) : text.length - Math.max(...this.#texts.map((stop) => overlap(text, stop)));
    this.#held = this.isFound ? '' : text.slice(end);
    return text.slice(0, end);
  }

  /** What was held back in vain. */
  rest(): string {
    const rest = this.#held;
    this.#held = '';
    return rest;
  }
}

/** How much of the beginning of `stop` stands at the end of `text`. */
function overlap(text: string, stop: string): number {
  let length = Math.min(text.length, stop.length - 1);
  while (length > 0 && !text.endsWith(stop.slice(0, length))) length--;
  return length;
}
