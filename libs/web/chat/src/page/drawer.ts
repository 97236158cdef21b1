import { DOCUMENT, Injectable, Injector, afterNextRender, inject, signal } from '@angular/core';

/** Whether the list of conversations is out, which on narrow screens lies over the page. Provided by the page. */
@Injectable()
export class Drawer {
  private readonly document = inject(DOCUMENT);
  private readonly injector = inject(Injector);
  private readonly out = signal(false);

  readonly isOpen = this.out.asReadonly();

  open(): void {
    this.out.set(true);
  }

  /** Leaves the focus to whoever closes it. */
  close(): void {
    this.out.set(false);
  }

  /** Closes it, and goes back to the button that opens it. */
  goBack(): void {
    if (!this.out()) return;
    this.out.set(false);
    // Until the next render the page behind the drawer is inert and takes no focus.
    afterNextRender({ write: () => this.document.querySelector<HTMLElement>('#open-list')?.focus() }, { injector: this.injector });
  }
}
