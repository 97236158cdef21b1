import { inject } from '@angular/core';
import { type CanActivateFn, type GuardResult, Router } from '@angular/router';
import { type SessionState } from '@echo/contract';
import { ApiProblem, CurrentSession } from '@echo/web-chat-client';

/** Pages of people: who is not signed in goes to do so and comes back, and where nobody has an account yet, hears how to begin. */
export const signedIn: CanActivateFn = (_route, { url }) =>
  decide(({ auth, user, setup_needed }, router) => {
    if (auth === 'none' || user) return true;
    return router.createUrlTree([setup_needed ? '/setup' : '/sign-in'], { queryParams: url === '/' ? {} : { return_to: url } });
  });

/** Asks who is there and decides by it. */
export async function decide(by: (state: SessionState, router: Router) => GuardResult): Promise<GuardResult> {
  const [session, router] = [inject(CurrentSession), inject(Router)];
  try {
    return by(await session.ready(), router);
  } catch (error) {
    // A server that cannot say who is there: the page tells what it meets, and opens to nobody who may not see it.
    if (error instanceof ApiProblem) return true;
    throw error;
  }
}
