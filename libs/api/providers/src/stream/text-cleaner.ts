const REPLACEMENT = '\uFFFD';
const LONE_SURROGATE = /\p{Cs}/gu;

/** Makes pieces of text storable: U+0000 and half surrogate pairs become U+FFFD. A pair that is split between two pieces is put together. */
export class TextCleaner {
  #held = '';

  /** The clean text; a high surrogate at the end is held back until its other half comes. */
  push(piece: string): string {
    let text = this.#held + piece;
    this.#held = '';
    const last = text.charCodeAt(text.length - 1);
    if (last >= 0xd800 && last <= 0xdbff) {
      this.#held = text.slice(-1);
      text = text.slice(0, -1);
    }
    return clean(text);
  }

  /** What is left at the end of the stream. */
  flush(): string {
    const rest = this.#held === '' ? '' : REPLACEMENT;
    this.#held = '';
    return rest;
  }
}

function clean(text: string): string {
  // Nearly all text is: looking is cheaper than replacing nothing.
  if (text.isWellFormed() && !text.includes('\0')) return text;
  return text.replaceAll('\0', REPLACEMENT).replace(LONE_SURROGATE, REPLACEMENT);
}
