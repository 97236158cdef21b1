import { inject, Injectable } from '@angular/core';
import { type ChatResponse, type Problem, type RunError } from '@echo/contract';
import { catchError, concat, map, type Observable, of, retry, throwError } from 'rxjs';
import { ApiClient } from './api-client';
import { ApiProblem } from './api-problem';
import { backoffMs } from './backoff';
import { runErrorOf } from './chat-errors';
import { CHAT_SETTINGS } from './chat-settings';
import { ChatStream } from './chat-stream';
import { fromAbortable } from './from-abortable';
import { type Outgoing } from './outgoing';
import { PageActivity } from './page-activity';
import { isUnheard, waitOf } from './passing-faults';
import { type RunReport } from './run-connection';
import { RunConnector } from './run-connector';

/** `asking-whole`: the answer is asked for as one JSON; `whole`, `failed-whole`: it is there, or its run ended without one. */
export type AnswerReport =
  | RunReport
  | { readonly kind: 'asking-whole' }
  | { readonly kind: 'whole'; readonly response: ChatResponse }
  | { readonly kind: 'failed-whole'; readonly problem: Problem; readonly error: RunError };

/** Asks for answers: streamed, whole, or whole where streaming gets no answer. Errors only where the server did not accept. */
@Injectable({ providedIn: 'root' })
export class AnswerSource {
  readonly #api = inject(ApiClient);
  readonly #stream = inject(ChatStream);
  readonly #connector = inject(RunConnector);
  readonly #page = inject(PageActivity);
  readonly #settings = inject(CHAT_SETTINGS);

  send(outgoing: Outgoing): Observable<AnswerReport> {
    if (outgoing.whole || !this.#settings.enableStreaming) return this.#whole(outgoing, 1);
    const { path, body, key } = outgoing;
    const streamed: Observable<AnswerReport> = this.#connector.connect({ post: (opened) => this.#stream.post(path, body, key, opened) });
    // Under the same key: if the server did hear us, this waits for the run that is there.
    return streamed.pipe(catchError((error: unknown) => (this.#mayFallBack(error) ? this.#whole(outgoing, 0) : throwError(() => error))));
  }

  /** Follows a run from its first event. */
  follow(runId: string): Observable<AnswerReport> {
    return this.#connector.connect({ runId, after: 0 });
  }

  #mayFallBack(error: unknown): boolean {
    return this.#settings.fallbackOnError && isUnheard(error);
  }

  #whole({ path, body, key }: Outgoing, retries: number): Observable<AnswerReport> {
    const request = { body: { ...body, stream: false }, headers: { 'idempotency-key': key } };
    const answer = fromAbortable((signal) => this.#api.post<ChatResponse>(path, { ...request, signal })).pipe(
      retry({
        count: retries,
        delay: (error: unknown, failures) =>
          isUnheard(error) ? this.#page.wait(Math.max(backoffMs(failures - 1), waitOf(error))) : throwError(() => error),
      }),
      map((response): AnswerReport => ({ kind: 'whole', response })),
      catchError((fault: unknown) => {
        const error = fault instanceof ApiProblem ? runErrorOf(fault) : undefined;
        const problem = fault instanceof ApiProblem ? fault.problem : undefined;
        return error && problem ? of<AnswerReport>({ kind: 'failed-whole', problem, error }) : throwError(() => fault);
      }),
    );
    return concat(of<AnswerReport>({ kind: 'asking-whole' }), answer);
  }
}
