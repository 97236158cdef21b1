import { DOCUMENT, inject, Injectable } from '@angular/core';
import {
  defer,
  distinctUntilChanged,
  EMPTY,
  filter,
  fromEvent,
  map,
  merge,
  type Observable,
  race,
  skip,
  startWith,
  take,
  timer,
} from 'rxjs';

/** Whether the page is seen and connected. Listens only while somebody is subscribed. */
@Injectable({ providedIn: 'root' })
export class PageActivity {
  readonly #document = inject(DOCUMENT);
  readonly #window = this.#document.defaultView;

  /** Whether the page is seen: now, and at every change. */
  readonly visible: Observable<boolean> = defer(() =>
    fromEvent(this.#document, 'visibilitychange').pipe(
      startWith(undefined),
      map(() => this.#document.visibilityState !== 'hidden'),
      distinctUntilChanged(),
    ),
  );

  /** The moments at which a lost connection is worth a try: the network is back, the page is seen again. */
  readonly woken: Observable<unknown> = merge(
    this.#window ? fromEvent(this.#window, 'online') : EMPTY,
    this.visible.pipe(
      skip(1),
      filter((visible) => visible),
    ),
  );

  /** Emits once: after `ms`, or sooner when the page wakes. */
  wait(ms: number): Observable<unknown> {
    return race(timer(ms), this.woken).pipe(take(1));
  }
}
