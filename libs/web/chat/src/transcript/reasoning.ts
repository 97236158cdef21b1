import { Component, computed, input, linkedSignal } from '@angular/core';
import { type ChatMessage } from '@echo/web-chat-client';
import { thinkingTimeOf } from './detail-words';
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
    if (this.isThinking()) return 'Thinking…';
    const duration = thinkingTimeOf(this.message());
    return duration === undefined ? 'Thoughts' : `Thought for ${seconds(duration)}`;
  });

  protected toggle(event: Event): void {
    this.isOpen.set((event.target as HTMLDetailsElement).open);
  }
}
