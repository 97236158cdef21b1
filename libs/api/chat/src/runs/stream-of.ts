import { Observable } from 'rxjs';

/** Runs `source` on subscribe. Unsubscribing aborts its signal; `from(source)` would never end a source that waits. */
export function streamOf<T>(source: (signal: AbortSignal) => AsyncIterable<T>): Observable<T> {
  return new Observable((subscriber) => {
    const abort = new AbortController();
    const drain = async (): Promise<void> => {
      for await (const value of source(abort.signal)) {
        if (subscriber.closed) return;
        subscriber.next(value);
      }
      subscriber.complete();
    };
    drain().catch((error: unknown) => subscriber.error(error));
    return () => abort.abort();
  });
}
