import { inject, Injectable, InjectionToken, signal } from '@angular/core';
import { type ApiProblem } from './api-problem';
import { SITE_BASE } from './site-base';

/** Where the page goes when it has to begin anew: everything that it remembers of a person goes with it. A path is one of this server's pages. */
export const LEAVE_PAGE = new InjectionToken<(url: string) => void>('LEAVE_PAGE', {
  providedIn: 'root',
  factory: () => {
    const base = inject(SITE_BASE);
    return (url) => globalThis.location.assign(url.replace(/^\//, base));
  },
});

/**
 * Holds requests back from the moment that the session is found to have ended until somebody is signed in again; then they go on as if nothing had been.
 * Open until a page says that it can ask a person to sign in: elsewhere they fail with what the server said.
 */
@Injectable({ providedIn: 'root' })
export class SessionGate {
  readonly #isClosed = signal(false);
  #isGuarded = false;
  #waiting: (() => void)[] = [];

  /** Whether requests wait for somebody to sign in. */
  readonly isClosed = this.#isClosed.asReadonly();

  /** From now on the page asks to sign in while the gate is closed. */
  guard(): void {
    this.#isGuarded = true;
  }

  open(): void {
    this.#isClosed.set(false);
    for (const goOn of this.#waiting.splice(0)) goOn();
  }

  /** Closes the gate where `problem` says that nobody is signed in any more. False: it says something else, or nobody guards. True, once somebody is again. */
  async holds({ code }: ApiProblem, signal?: AbortSignal): Promise<boolean> {
    if (!this.#isGuarded || (code !== 'session_ended' && code !== 'sign_in_required')) return false;
    this.#isClosed.set(true);
    await new Promise<void>((goOn, giveUp) => {
      this.#waiting.push(goOn);
      signal?.addEventListener('abort', () => giveUp(signal.reason as Error));
    });
    return true;
  }
}
