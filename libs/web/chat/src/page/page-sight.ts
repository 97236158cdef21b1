import { DOCUMENT, DestroyRef, Injectable, inject, signal } from '@angular/core';

/** Whether somebody can see the page. */
@Injectable({ providedIn: 'root' })
export class PageSight {
  private readonly document = inject(DOCUMENT);
  private readonly visible = signal(!this.document.hidden);

  readonly isVisible = this.visible.asReadonly();

  constructor() {
    const look = () => this.visible.set(!this.document.hidden);
    this.document.addEventListener('visibilitychange', look);
    inject(DestroyRef).onDestroy(() => this.document.removeEventListener('visibilitychange', look));
  }
}
