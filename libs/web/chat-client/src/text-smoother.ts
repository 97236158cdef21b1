const LEAST_CHARS = 4;
/** Milliseconds over which a burst is spread, and the longest that text waits for it: with the frame that draws it, it is seen at most 150 ms after it came, also where frames are slow. */
const SPREAD_MS = 80;
/** Milliseconds that a frame may take as long as none was measured. */
const UNKNOWN_FRAME_MS = 40;

/** Text on its way to the screen: comes in bursts, leaves frame by frame. Lengths are UTF-16 units, times milliseconds of any one clock. */
export class TextSmoother {
  #text = '';
  /** Where each chunk that waits ends in the text, and when it must be shown. */
  #chunks: { end: number; readonly due: number }[] = [];
  #takenAt = 0;
  /** How long frames take, as far as is known, and whether the one that is under way can tell. */
  #frame = UNKNOWN_FRAME_MS;
  #isWhole = false;

  get backlog(): number {
    return this.#text.length;
  }

  push(chunk: string, now: number): void {
    // After a pause the first frame is as any other.
    if (this.#text === '') [this.#takenAt, this.#isWhole] = [now, false];
    this.#text += chunk;
    this.#chunks.push({ end: this.#text.length, due: now + SPREAD_MS });
  }

  /** What this frame shows: so much that at this pace all is shown when its oldest part is due, what would be too late in the next frame, and never half of a surrogate pair unless half is all that came. */
  take(now: number): string {
    const passed = now - this.#takenAt;
    this.#takenAt = now;
    if (this.#isWhole) this.#frame = passed;
    const [oldest] = this.#chunks;
    if (!oldest) return '';
    const share = Math.ceil((this.backlog * passed) / Math.max(1, oldest.due - now + passed));
    const due = this.#chunks.filter((chunk) => chunk.due < now + Math.max(passed, this.#frame)).at(-1)?.end ?? 0;
    const quota = Math.max(LEAST_CHARS, share, due);
    if (quota >= this.backlog) return this.takeAll();
    this.#isWhole = true;
    const end = isHighSurrogate(this.#text.charCodeAt(quota - 1)) ? quota + 1 : quota;
    const piece = this.#text.slice(0, end);
    this.#text = this.#text.slice(end);
    this.#chunks = this.#chunks.filter((chunk) => (chunk.end -= end) > 0);
    return piece;
  }

  takeAll(): string {
    const rest = this.#text;
    this.clear();
    return rest;
  }

  clear(): void {
    this.#text = '';
    this.#chunks = [];
  }
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
