import { inject, Injectable } from '@angular/core';
import { distinctUntilChanged, map, type Observable, switchMap, timer } from 'rxjs';
import { PageActivity } from './page-activity';
import { StreamPlaces } from './stream-places';

/** Milliseconds for which a hidden page keeps its connection: it may be seen again at once. */
export const HIDDEN_GRACE_MS = 2_000;
/** Milliseconds between two visits of a page that is seen while other tabs hold all the places, and of one that is hidden. */
export const VISIT_MS = 1_000;
export const HIDDEN_VISIT_MS = 5_000;

/** How a run is to be followed: `held` over one connection that stays open, or by short visits `every` so many milliseconds. */
export type Pace = 'held' | { readonly every: number };

/** Says how this tab may follow a run now. It stands in line for a place only while it is seen. */
@Injectable({ providedIn: 'root' })
export class VisitingPace {
  readonly #page = inject(PageActivity);
  readonly #places = inject(StreamPlaces);

  /** Now, and at every change. A page that is hidden changes only after a moment. */
  readonly pace: Observable<Pace> = this.#page.visible.pipe(
    switchMap((visible) =>
      visible
        ? this.#places.place.pipe(map((mine): Pace => (mine ? 'held' : { every: VISIT_MS })))
        : timer(HIDDEN_GRACE_MS).pipe(map((): Pace => ({ every: HIDDEN_VISIT_MS }))),
    ),
    distinctUntilChanged(),
  );
}
