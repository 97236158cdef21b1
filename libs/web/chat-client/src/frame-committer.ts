/** Milliseconds between two commits while the page is hidden: browsers draw no frames then. */
const HIDDEN_MS = 250;

/** Calls `commit` at most once per animation frame, and only after `schedule()`. */
export class FrameCommitter {
  #cancel: (() => void) | undefined;
  #byFrame = false;

  constructor(
    private readonly document: Document,
    private readonly commit: () => void,
  ) {}

  /** Whether frames are drawn now. */
  get drawing(): boolean {
    return !this.document.hidden && this.document.defaultView !== null;
  }

  /** Whether the person asked for less movement. */
  get stillness(): boolean {
    const view = this.document.defaultView;
    // Not every environment has media queries: those that lack them, move.
    return typeof view?.matchMedia === 'function' && view.matchMedia('(prefers-reduced-motion: reduce)').matches;
  }

  schedule(): void {
    // A frame that was asked for before the page was hidden comes only when it is seen again.
    if (this.#cancel && !(this.#byFrame && !this.drawing)) return;
    this.cancel();
    const view = this.document.defaultView;
    this.#byFrame = this.drawing;
    const run = () => {
      this.#cancel = undefined;
      this.commit();
    };
    if (view && this.#byFrame) {
      const frame = view.requestAnimationFrame(run);
      this.#cancel = () => view.cancelAnimationFrame(frame);
    } else {
      const timer = setTimeout(run, HIDDEN_MS);
      this.#cancel = () => clearTimeout(timer);
    }
  }

  cancel(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
