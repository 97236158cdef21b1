import { inject, Injectable } from '@angular/core';
import { isTerminal, type SequencedEvent } from '@echo/contract';
import { Observable } from 'rxjs';
import { ApiClient } from './api-client';
import { ApiProblem, StreamLost } from './api-problem';
import { CHAT_SETTINGS } from './chat-settings';
import { parseEvent } from './parse-event';
import { readSse } from './read-sse';
import { SessionGate } from './session-gate';
import { type StreamEnd, StreamWatch } from './stream-watch';

/** Bytes per millisecond that even a slow uplink sends: a long prompt gets more time before its connection counts as dead. */
const SLOW_UPLINK = 16;
const EVENT_STREAM = 'text/event-stream';

/**
 * Runs as streams. Cold: subscribing connects, unsubscribing hangs up and leaves the run alone. Completes after the run's last event only. Errors with `ApiProblem`
 * where the server refused or could not be reached, with `StreamLost` where the connection was lost later.
 */
@Injectable({ providedIn: 'root' })
export class ChatStream {
  readonly #api = inject(ApiClient);
  readonly #settings = inject(CHAT_SETTINGS);
  readonly #gate = inject(SessionGate);
  readonly #watch = inject(StreamWatch);

  /** Starts a run by a POST to `path` under an idempotency key, and streams it from its first event. `opened` is called when the server began to answer. */
  post(path: string, body: object, idempotencyKey: string, opened?: () => void): Observable<SequencedEvent> {
    const request = { body: { ...body, stream: true }, headers: { accept: EVENT_STREAM, 'idempotency-key': idempotencyKey } };
    const patience = this.#settings.chunkTimeout + JSON.stringify(body).length / SLOW_UPLINK;
    return this.#connect(`POST ${path}`, (signal) => this.#api.open('POST', path, { ...request, signal }), 0, patience, opened);
  }

  /** Streams what comes after event `after` of a run: 0 is all of it. Completes empty when there is nothing more. `opened` is called when the server began to answer. */
  follow(runId: string, after: number, opened?: () => void): Observable<SequencedEvent> {
    const path = `/runs/${encodeURIComponent(runId)}/events?after=${after}`;
    const headers = { accept: EVENT_STREAM };
    const open = (signal: AbortSignal) => this.#api.open('GET', path, { headers, signal });
    return this.#connect(`GET ${path}`, open, after, this.#settings.chunkTimeout, opened);
  }

  #connect(
    what: string,
    open: (signal: AbortSignal) => Promise<Response>,
    after: number,
    patience: number,
    opened?: () => void,
  ): Observable<SequencedEvent> {
    return new Observable((subscriber) => {
      const abort = new AbortController();
      let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
      let last = after;
      const tell = this.#watch.begin(what, what.startsWith('GET'));
      let how: StreamEnd = 'left';
      const fail = (error: ApiProblem | StreamLost) => {
        if (!subscriber.closed) how = error instanceof StreamLost ? error.reason : 'refused';
        subscriber.error(error);
      };
      // A request that waits for somebody to sign in is not one that gets no answer.
      const giveUp = () => (this.#gate.isClosed() ? awaitAnswer() : fail(noAnswer()));
      const awaitAnswer = () => void (silence = setTimeout(giveUp, patience));
      let silence: ReturnType<typeof setTimeout>;
      awaitAnswer();
      const awaitBytes = () => {
        clearTimeout(silence);
        silence = setTimeout(() => fail(new StreamLost('silent')), this.#settings.chunkTimeout);
      };

      const drain = async () => {
        const response = await open(abort.signal);
        if (subscriber.closed) return;
        if (response.status === 204) {
          how = 'complete';
          return subscriber.complete();
        }
        reader = readerOf(response);
        awaitBytes();
        tell({ kind: 'opened' });
        opened?.();
        await readSse(reader, {
          bytes: (count) => {
            awaitBytes();
            tell({ kind: 'bytes', count });
          },
          message: (message) => {
            const parsed = subscriber.closed ? undefined : parseEvent(message);
            if (!parsed || parsed.seq <= last) return;
            last = parsed.seq;
            tell({ kind: 'event', seq: last, type: parsed.event.type, chars: 'chunk' in parsed.event ? parsed.event.chunk.length : 0 });
            // Who takes the last event may hang up at once.
            if (isTerminal(parsed.event)) how = 'complete';
            subscriber.next(parsed);
            if (isTerminal(parsed.event)) subscriber.complete();
          },
        });
        // A clean end that no terminal event announced is a cut like any other. After completion this does nothing.
        fail(new StreamLost('cut'));
      };
      drain().catch((error: unknown) => {
        // Of the reading, only the body's own failures are neither.
        const known = error instanceof ApiProblem || error instanceof StreamLost;
        if (!subscriber.closed) fail(known ? error : new StreamLost('cut', { cause: error }));
      });

      return () => {
        tell({ kind: 'ended', how });
        clearTimeout(silence);
        abort.abort();
        // Already failed or ended: there is nothing left to cancel.
        reader?.cancel().catch(() => undefined);
      };
    });
  }
}

function readerOf(response: Response): ReadableStreamDefaultReader<Uint8Array> {
  if (response.body && response.headers.get('content-type')?.startsWith(EVENT_STREAM)) return response.body.getReader();
  // A proxy's sign-in page, for example.
  throw new ApiProblem('The server gave an answer that is not a stream. Reload the page.', response.status, 'bad_response');
}

function noAnswer(): ApiProblem {
  return new ApiProblem('The server does not answer. Check the connection and try again.', 0, 'network_error');
}
