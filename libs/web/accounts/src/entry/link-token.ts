import { DOCUMENT, inject } from '@angular/core';

/** The token of the one-time link that led here; undefined when there is none. It stands after the `#`, where no server and no log sees it, and leaves the address bar. */
export function takeLinkToken(): string | undefined {
  const { location, defaultView } = inject(DOCUMENT);
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null || token === '') return undefined;
  defaultView?.history.replaceState(defaultView.history.state, '', location.pathname + location.search);
  return token;
}
