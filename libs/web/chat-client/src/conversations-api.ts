import { inject, Injectable } from '@angular/core';
import {
  type Conversation,
  type ConversationDetails,
  type CreateConversationRequest,
  LIMITS,
  type Message,
  type Page,
  type UpdateConversationRequest,
} from '@echo/contract';
import { ApiClient } from './api-client';
import { TabChannel } from './tab-channel';

export interface ConversationQuery {
  /** Words to be found in titles and messages. */
  readonly query?: string;
  readonly cursor?: string;
  readonly archived?: boolean;
  readonly limit?: number;
}

/** The conversations of whoever is asking. Other tabs are told of what is changed. Everything rejects with `ApiProblem`. */
@Injectable({ providedIn: 'root' })
export class ConversationsApi {
  readonly #api = inject(ApiClient);
  readonly #tabs = inject(TabChannel);

  list({ query, cursor, archived, limit }: ConversationQuery = {}, signal?: AbortSignal): Promise<Page<Conversation>> {
    return this.#api.get(`/conversations${search({ q: query, cursor, archived, limit })}`, signal);
  }

  create(request: CreateConversationRequest = {}): Promise<ConversationDetails> {
    return this.#api.post('/conversations', { body: request });
  }

  get(id: number, signal?: AbortSignal): Promise<ConversationDetails> {
    return this.#api.get(`/conversations/${id}`, signal);
  }

  async update(id: number, request: UpdateConversationRequest): Promise<ConversationDetails> {
    const updated = await this.#api.patch<ConversationDetails>(`/conversations/${id}`, request);
    this.#tabs.tell({ kind: request.unread === false ? 'read' : 'changed', conversationId: id });
    return updated;
  }

  async delete(id: number): Promise<void> {
    await this.#api.delete(`/conversations/${id}`);
    this.#tabs.tell({ kind: 'deleted', conversationId: id });
  }

  /** All messages of all branches, oldest first. */
  async messages(id: number, signal?: AbortSignal): Promise<readonly Message[]> {
    const messages: Message[] = [];
    let cursor: string | undefined;
    do {
      const page: Page<Message> = await this.#api.get(
        `/conversations/${id}/messages${search({ limit: LIMITS.pageSizeMax, cursor })}`,
        signal,
      );
      messages.push(...page.items);
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
    return messages;
  }
}

function search(parameters: Readonly<Record<string, string | number | boolean | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  return search.size === 0 ? '' : `?${search.toString()}`;
}
