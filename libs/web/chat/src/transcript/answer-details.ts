import { Component, DestroyRef, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { type ConversationUsage } from '@echo/contract';
import { ApiProblem, type ChatMessage, ConversationsApi } from '@echo/web-chat-client';
import { detailsOf, sumWords } from './detail-words';

/** How an answer was made and what it took, and what the whole conversation took so far. */
@Component({ selector: 'echo-answer-details', templateUrl: './answer-details.html', styleUrl: './answer-details.css' })
export class AnswerDetails {
  private readonly api = inject(ConversationsApi);
  private readonly abort = new AbortController();

  readonly message = input.required<ChatMessage>();
  readonly conversationId = input.required<number | undefined>();

  protected readonly details = computed(() => detailsOf(this.message()));
  private readonly usage = signal<ConversationUsage | undefined>(undefined);
  protected readonly sum = computed(() => {
    const usage = this.usage();
    return usage && sumWords(usage);
  });

  constructor() {
    inject(DestroyRef).onDestroy(() => this.abort.abort());
    effect(() => {
      const id = this.conversationId();
      untracked(() => void this.read(id));
    });
  }

  private async read(id: number | undefined): Promise<void> {
    if (id === undefined) return;
    try {
      this.usage.set((await this.api.get(id, this.abort.signal)).usage);
    } catch (error) {
      // The details of the answer are there; only the sum of all is not.
      if (!(error instanceof ApiProblem) && !this.abort.signal.aborted) throw error;
    }
  }
}
