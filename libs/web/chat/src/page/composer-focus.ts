import { DOCUMENT, Injectable, inject } from '@angular/core';

/** The way into the composer, for every part of the page. Provided by the page. */
@Injectable()
export class ComposerFocus {
  private readonly document = inject(DOCUMENT);
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
    if (this.isHovering()) queueMicrotask(() => this.enter());
  }

  /** Where one goes on, as what had the focus is going: in the composer, or where that would bring a keyboard up, in the transcript. */
  goOn(): void {
    queueMicrotask(() => {
      if (this.isHovering()) this.enter();
      else this.document.querySelector<HTMLElement>('[role="log"]')?.focus({ preventScroll: true });
    });
  }

  private isHovering(): boolean {
    return this.document.defaultView?.matchMedia?.('(hover: hover)').matches ?? false;
  }
}
