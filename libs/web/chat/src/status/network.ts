import { DOCUMENT, DestroyRef, Injectable, inject, signal } from '@angular/core';

/** Whether the browser has any network. That it has one says nothing about our server. */
@Injectable({ providedIn: 'root' })
export class Network {
  private readonly window = inject(DOCUMENT).defaultView;
  private readonly there = signal(this.window?.navigator.onLine ?? true);

  readonly isThere = this.there.asReadonly();

  constructor() {
    const look = () => this.there.set(this.window?.navigator.onLine ?? true);
    for (const event of ['online', 'offline']) {
      this.window?.addEventListener(event, look);
      inject(DestroyRef).onDestroy(() => this.window?.removeEventListener(event, look));
    }
  }
}
