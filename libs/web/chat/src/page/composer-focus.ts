import { DOCUMENT, Injectable, inject } from '@angular/core';

/** The way into the composer, for every part of the page. Provided by the page. */
@Injectable()
export class ComposerFocus {
  private readonly window = inject(DOCUMENT).defaultView;
  private enter: () => void = () => undefined;

  /** To be called by the part that has the composer. */
  leadTo(enter: () => void): void {
    this.enter = enter;
  }

  focus(): void {
    this.enter();
  }

  /** Where one can write next, as what had the focus is going; not where it would bring a keyboard up over the page. */
  focusIfHovering(): void {
    if (this.window?.matchMedia?.('(hover: hover)').matches) queueMicrotask(() => this.enter());
  }
}
