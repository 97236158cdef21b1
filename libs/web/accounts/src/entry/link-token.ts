import { Location } from '@angular/common';
import { inject } from '@angular/core';
import { ActivatedRoute } from '@angular/router';

/** The token of the one-time link that led here; undefined when there is none. It stands after the `#`, where no server and no log sees it, and leaves the address bar. */
export function takeLinkToken(): string | undefined {
  const location = inject(Location);
  const token = new URLSearchParams(inject(ActivatedRoute).snapshot.fragment ?? '').get('token');
  if (token === null || token === '') return undefined;
  location.replaceState(location.path().split('#')[0] ?? '/');
  return token;
}
