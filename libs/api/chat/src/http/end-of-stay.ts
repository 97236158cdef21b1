import { type Requester, type Standing } from '@echo/api-security';
import { Observable } from 'rxjs';

/** Emits when whoever asked may not come in any more: their session, their key or their role is gone. */
export function endOfStay(standing: Standing, asker: Requester): Observable<void> {
  return new Observable((subscriber) => standing.watch(asker, () => subscriber.next()));
}
