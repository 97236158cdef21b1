import { InjectionToken } from '@angular/core';

/** The `fetch` that every request goes through: replace it to add a header, or to answer in a test. */
export const HTTP_FETCH = new InjectionToken<typeof fetch>('HTTP_FETCH', {
  providedIn: 'root',
  // Bound late, so that a test environment without `fetch` fails on use and not on injection.
  factory: () => (input, init) => globalThis.fetch(input, init),
});
