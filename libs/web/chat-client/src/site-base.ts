import { DOCUMENT, inject, InjectionToken } from '@angular/core';

/** The path under which the pages and the API of this server are, with a slash at its end: `/`, or `/echo/` where a proxy has others beside it. The server writes it into the page. */
export const SITE_BASE = new InjectionToken<string>('SITE_BASE', {
  providedIn: 'root',
  factory: () => inject(DOCUMENT).documentElement.dataset['base'] ?? '/',
});
