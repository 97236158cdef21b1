import { inject, InjectionToken } from '@angular/core';
import { SITE_BASE } from './site-base';

/**
 * What everything begins with that the page keeps in the browser, and how the channel between its tabs is called. Servers below different paths of one host share a
 * browser's storage, but neither drafts nor news.
 */
export const LOCAL_NAME = new InjectionToken<string>('LOCAL_NAME', {
  providedIn: 'root',
  factory: () => {
    const base = inject(SITE_BASE);
    // No path has a `#` in it: no name begins as another one does.
    return base === '/' ? 'echo' : `echo${base}#`;
  },
});
