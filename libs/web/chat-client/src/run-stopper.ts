import { inject, Injectable } from '@angular/core';
import { type StartEvent } from '@echo/contract';
import { filter, map, type Observable, retry, switchMap, take, throwError } from 'rxjs';
import { backoffMs } from './backoff';
import { ChatStream } from './chat-stream';
import { fromAbortable } from './from-abortable';
import { type Outgoing } from './outgoing';
import { PageActivity } from './page-activity';
import { isPassing, waitOf } from './passing-faults';
import { RunsApi } from './runs-api';

/** Stops runs, and does not give up while the server cannot be reached. Emits once it was told; errors where it refused. */
@Injectable({ providedIn: 'root' })
export class RunStopper {
  readonly #runs = inject(RunsApi);
  readonly #stream = inject(ChatStream);
  readonly #page = inject(PageActivity);

  stop(runId: string): Observable<unknown> {
    return fromAbortable((signal) => this.#runs.stop(runId, signal)).pipe(this.#persist());
  }

  /** Stops the run of a request whose answer comes whole: streaming the same request for a moment tells which run it is. */
  stopRunOf({ path, body, key }: Outgoing): Observable<unknown> {
    return this.#stream.post(path, body, key).pipe(
      map(({ event }) => event),
      filter((event): event is StartEvent => event.type === 'start'),
      take(1),
      this.#persist(),
      switchMap(({ run_id }) => this.stop(run_id)),
    );
  }

  #persist<T>() {
    return retry<T>({
      delay: (error: unknown, failures) =>
        isPassing(error) ? this.#page.wait(Math.max(backoffMs(failures - 1), waitOf(error))) : throwError(() => error),
    });
  }
}
