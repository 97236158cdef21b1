import { DOCUMENT, inject, Injectable } from '@angular/core';
import {
  defer,
  distinctUntilChanged,
  EMPTY,
  filter,
  fromEvent,
  interval,
  map,
  merge,
  type Observable,
  race,
  skip,
  startWith,
  take,
  timer,
} from 'rxjs';

/** Milliseconds between two looks at the clock. */
const TICK_MS = 1_000;
/** A tick that comes so many milliseconds late came after a sleep. */
const SLEPT_MS = 5_000;

/** Why a page wakes: the network is back, it is seen again, or the machine has slept. */
export type Waking = 'online' | 'seen' | 'slept';

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

  /** The moments at which a lost connection is worth a try. After `online` and `slept`, the one that seems to be there is most likely dead. */
  readonly woken: Observable<Waking> = defer(() => {
    // The time of day and not a monotonic clock: that one may stand still while the machine sleeps.
    let last = Date.now();
    const isLate = () => {
      const since = Date.now() - last;
      last = Date.now();
      return since > TICK_MS + SLEPT_MS;
    };
    const seen = this.visible.pipe(
      skip(1),
      filter((visible) => visible),
    );
    return merge(
      this.#window ? fromEvent(this.#window, 'online').pipe(map(() => 'online' as const)) : EMPTY,
      seen.pipe(map(() => (isLate() ? 'slept' : 'seen'))),
      // Of a hidden page the browser itself delays the timers.
      interval(TICK_MS).pipe(
        filter(() => isLate() && this.#document.visibilityState !== 'hidden'),
        map(() => 'slept' as const),
      ),
    );
  });

  /** Emits once: after `ms`, or sooner when the page wakes. */
  wait(ms: number): Observable<unknown> {
    return race(timer(ms), this.woken).pipe(take(1));
  }
}
