import { Component, computed, input, linkedSignal } from '@angular/core';
import { type ChatMessage } from '@echo/web-chat-client';
import { seconds } from './message-words';
import { SafeMarkdown } from './safe-markdown';

/** What the model thought: open while it thinks, folded when it begins to answer. */
@Component({ selector: 'echo-reasoning', imports: [SafeMarkdown], templateUrl: './reasoning.html', styleUrl: './reasoning.css' })
export class Reasoning {
  readonly message = input.required<ChatMessage>();
  readonly isLive = input(false);

  protected readonly isThinking = computed(() => this.isLive() && this.message().text === '');
  protected readonly isOpen = linkedSignal(() => this.isThinking());
  protected readonly summary = computed(() => {
    const { startedAt, firstContentAt, finishedAt } = this.message();
    const end = firstContentAt ?? finishedAt;
    if (this.isThinking()) return 'Thinking…';
    return startedAt === undefined || end === undefined ? 'Thoughts' : `Thought for ${seconds(end - startedAt)}`;
  });

  protected toggle(event: Event): void {
    this.isOpen.set((event.target as HTMLDetailsElement).open);
  }
}
