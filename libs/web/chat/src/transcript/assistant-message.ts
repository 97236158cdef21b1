import { Component, computed, input, output, signal } from '@angular/core';
import { type ChatMessage } from '@echo/web-chat-client';
import { copyText } from '../copy-text';
import { Icon } from '../icon/icon';
import { GUIDE_NOTE } from '../models/model-groups';
import { endingOf, metaOf } from './message-words';
import { Reasoning } from './reasoning';
import { SafeMarkdown } from './safe-markdown';
import { SiblingSwitch } from './sibling-switch';

/** An answer: being written, complete, or ended before its end, which it then says with a way on. */
@Component({
  selector: 'echo-assistant-message',
  imports: [Icon, Reasoning, SafeMarkdown, SiblingSwitch],
  templateUrl: './assistant-message.html',
  styleUrl: './assistant-message.css',
})
export class AssistantMessage {
  readonly message = input.required<ChatMessage>();
  /** Whether this answer is being written now. */
  readonly isLive = input(false);
  /** Whether any answer of the conversation is. */
  readonly isBusy = input(false);
  readonly isLast = input(false);

  readonly regenerated = output<number>();
  readonly siblingChosen = output<number>();
  readonly otherModelWanted = output();

  protected readonly guideNote = GUIDE_NOTE;
  protected readonly headingId = computed(() => `heading-${this.message().key}`);
  protected readonly heading = computed(() => {
    const { provider, model } = this.message();
    if (provider === 'guide') return `Answer of the Guide, ${GUIDE_NOTE}`;
    return model === null ? 'Answer' : `Answer by ${model}`;
  });
  protected readonly meta = computed(() => metaOf(this.message()));
  protected readonly ending = computed(() => (this.isLive() ? undefined : endingOf(this.message())));
  protected readonly isWordless = computed(() => this.isLive() && this.message().text === '' && this.message().reasoning === '');
  protected readonly isCopied = signal(false);

  protected async copy(): Promise<void> {
    this.isCopied.set(await copyText(this.message().text));
  }

  protected regenerate(): void {
    const { id } = this.message();
    if (id !== undefined) this.regenerated.emit(id);
  }
}
