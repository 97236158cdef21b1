import { inject, Injectable } from '@angular/core';
import { type ConversationDetails, type Message } from '@echo/contract';
import { defer, type Observable, retry, switchMap, throwError } from 'rxjs';
import { backoffMs } from './backoff';
import { ConversationsApi } from './conversations-api';
import { fromAbortable } from './from-abortable';
import { PageActivity } from './page-activity';
import { isPassing, waitOf } from './passing-faults';

export interface StoredConversation {
  readonly conversation: ConversationDetails;
  readonly messages: readonly Message[];
}

/** Reads conversations as the server stores them. */
@Injectable({ providedIn: 'root' })
export class ConversationReader {
  readonly #conversations = inject(ConversationsApi);
  readonly #page = inject(PageActivity);

  /** The conversation and all its messages. `tries` that fail for a passing reason are followed by another one. */
  read(id: number, tries = 1): Observable<StoredConversation> {
    const both = fromAbortable(async (signal) => {
      const [conversation, messages] = await Promise.all([this.#conversations.get(id, signal), this.#conversations.messages(id, signal)]);
      return { conversation, messages };
    });
    return both.pipe(
      retry({
        count: tries - 1,
        delay: (error: unknown, failures) =>
          isPassing(error) ? this.#page.wait(Math.max(backoffMs(failures - 1), waitOf(error))) : throwError(() => error),
      }),
    );
  }

  /** Waits for a moment, then reads until the server answers. */
  readLater(id: number, failures: number): Observable<StoredConversation> {
    return defer(() => this.#page.wait(backoffMs(failures))).pipe(switchMap(() => this.read(id, Infinity)));
  }

  conversation(id: number): Observable<ConversationDetails> {
    return fromAbortable((signal) => this.#conversations.get(id, signal));
  }
}
