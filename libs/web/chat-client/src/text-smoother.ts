const LEAST_CHARS = 4;
/** Frames over which a burst is spread: about 130 ms at 60 frames a second, whatever its size. */
const FRAMES = 8;

/** Text on its way to the screen: comes in bursts, leaves frame by frame. Lengths are UTF-16 units. */
export class TextSmoother {
  #text = '';

  get backlog(): number {
    return this.#text.length;
  }

  push(chunk: string): void {
    this.#text += chunk;
  }

  /** What this frame may show: an eighth of the backlog, and never half of a surrogate pair unless half is all that came. */
  take(): string {
    const quota = Math.max(LEAST_CHARS, Math.ceil(this.backlog / FRAMES));
    if (quota >= this.backlog) return this.takeAll();
    let end = quota;
    if (isHighSurrogate(this.#text.charCodeAt(end - 1))) end++;
    const piece = this.#text.slice(0, end);
    this.#text = this.#text.slice(end);
    return piece;
  }

  takeAll(): string {
    const rest = this.#text;
    this.clear();
    return rest;
  }

  clear(): void {
    this.#text = '';
  }
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
