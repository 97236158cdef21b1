import { Injectable } from '@angular/core';
import { type SequencedEvent } from '@echo/contract';
import { EMPTY, type Observable } from 'rxjs';

/**
 * Runs as streams. Cold: subscribing connects, unsubscribing hangs up and leaves the run alone. Completes after the run's last event only. Errors with `ApiProblem`
 * where the server refused or could not be reached, with `StreamLost` where the connection was lost later.
 */
@Injectable({ providedIn: 'root' })
export class ChatStream {
  /** Starts a run by a POST to `path` under an idempotency key, and streams it from its first event. */
  post(_path: string, _body: object, _idempotencyKey: string): Observable<SequencedEvent> {
    return EMPTY;
  }

  /** Streams what comes after event `after` of a run: 0 is all of it. Completes empty when there is nothing more. */
  follow(_runId: string, _after: number): Observable<SequencedEvent> {
    return EMPTY;
  }
}
