import { Observable } from 'rxjs';

/** A promise that is asked for on subscribe, and aborted on unsubscribe. */
export function fromAbortable<T>(ask: (signal: AbortSignal) => Promise<T>): Observable<T> {
  return new Observable((subscriber) => {
    const abort = new AbortController();
    ask(abort.signal).then(
      (value) => {
        subscriber.next(value);
        subscriber.complete();
      },
      (error: unknown) => {
        if (!subscriber.closed) subscriber.error(error);
      },
    );
    return () => abort.abort();
  });
}
