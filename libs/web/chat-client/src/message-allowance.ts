import { computed, inject, Injectable, signal } from '@angular/core';
import { type AllowanceList } from '@echo/contract';
import { ApiClient, type RateLimitNote } from './api-client';

/** How a person stands in the minute that the server counts. */
export interface Standing {
  /** Messages that can still be sent; infinite where a later server counts otherwise. */
  readonly remaining: number;
  /** When all messages are there again, in milliseconds of this client's clock. */
  readonly until: number;
}

/** What a person may still send in this minute. */
@Injectable({ providedIn: 'root' })
export class MessageAllowance {
  readonly #api = inject(ApiClient);
  readonly #asked = signal<Standing | undefined>(undefined);

  /** As the server told it with its last answer, before that as it was asked for; undefined where nothing is counted. */
  readonly standing = computed(() => readStanding(this.#api.rateLimit()) ?? this.#asked());

  /** Asks what was used before, by other pages of the person. Rejects with `ApiProblem`. */
  async ask(signal?: AbortSignal): Promise<void> {
    const { allowances } = await this.#api.get<AllowanceList>('/account/limits', signal);
    const messages = allowances.find(({ name }) => name === 'messages');
    this.#asked.set(messages && { remaining: messages.remaining, until: Date.now() + messages.reset_seconds * 1000 });
  }
}

function readStanding(note: RateLimitNote | undefined): Standing | undefined {
  const [, remaining, seconds] = /"messages";r=(\d+);t=(\d+)/.exec(note?.header ?? '') ?? [];
  return note && { remaining: Number(remaining ?? Infinity), until: note.at + Number(seconds ?? 0) * 1000 };
}
