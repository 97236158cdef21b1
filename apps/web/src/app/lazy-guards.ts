import { type CanActivateFn } from '@angular/router';
import { decide } from './session-guards';

/** Where settings begin in a server without accounts. */
const WITHOUT_ACCOUNTS = '/settings/providers';

/** Ways in: of no use for who is in. */
export const signedOut: CanActivateFn = () => decide(({ auth, user }, router) => (auth === 'none' || user ? router.parseUrl('/') : true));

/** Pages that only a server with accounts has. */
export const withAccounts: CanActivateFn = () => decide(({ auth }, router) => (auth === 'none' ? router.parseUrl(WITHOUT_ACCOUNTS) : true));

/** Pages of administrators. The server refuses what they show to others in any case. */
export const administrator: CanActivateFn = () =>
  decide(({ auth, user }, router) => (auth === 'none' || user?.role === 'administrator' ? true : router.parseUrl('/settings/account')));
