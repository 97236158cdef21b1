import { inject } from '@angular/core';
import { type CanActivateFn, type GuardResult, Router } from '@angular/router';
import { type SessionState } from '@echo/contract';
import { ApiProblem, CurrentSession } from '@echo/web-chat-client';

/** Where settings begin in a server without accounts. */
const WITHOUT_ACCOUNTS = '/settings/providers';

/** Pages of people: who is not signed in goes to do so and comes back, and where nobody has an account yet, hears how to begin. */
export const signedIn: CanActivateFn = (_route, { url }) =>
  decide(({ auth, user, setup_needed }, router) => {
    if (auth === 'none' || user) return true;
    return router.createUrlTree([setup_needed ? '/setup' : '/sign-in'], { queryParams: url === '/' ? {} : { return_to: url } });
  });

/** Ways in: of no use for who is in. */
export const signedOut: CanActivateFn = () => decide(({ auth, user }, router) => (auth === 'none' || user ? router.parseUrl('/') : true));

/** Pages that only a server with accounts has. */
export const withAccounts: CanActivateFn = () => decide(({ auth }, router) => (auth === 'none' ? router.parseUrl(WITHOUT_ACCOUNTS) : true));

/** Pages of administrators. The server refuses what they show to others in any case. */
export const administrator: CanActivateFn = () =>
  decide(({ auth, user }, router) => (auth === 'none' || user?.role === 'administrator' ? true : router.parseUrl('/settings/account')));

async function decide(by: (state: SessionState, router: Router) => GuardResult): Promise<GuardResult> {
  const [session, router] = [inject(CurrentSession), inject(Router)];
  try {
    return by(await session.ready(), router);
  } catch (error) {
    // A server that cannot say who is there: the page tells what it meets, and opens to nobody who may not see it.
    if (error instanceof ApiProblem) return true;
    throw error;
  }
}
