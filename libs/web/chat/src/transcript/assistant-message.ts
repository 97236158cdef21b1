import { Component, ElementRef, computed, input, output, signal, viewChild } from '@angular/core';
import { type ChatMessage } from '@echo/web-chat-client';
import { Icon } from '../icon/icon';
import { GUIDE_NOTE } from '../models/model-groups';
import { AnswerDetails } from './answer-details';
import { CopyButtons } from './copy-buttons';
import { FallbackNote } from './fallback-note';
import { endingOf, isUnfinished, metaOf, noWayOn } from './message-words';
import { Reasoning } from './reasoning';
import { type Regeneration } from './regeneration';
import { SafeMarkdown } from './safe-markdown';
import { SiblingSwitch } from './sibling-switch';

/** An answer: being written, complete, or ended before its end, which it then says with a way on. */
@Component({
  selector: 'echo-assistant-message',
  imports: [AnswerDetails, CopyButtons, FallbackNote, Icon, Reasoning, SafeMarkdown, SiblingSwitch],
  templateUrl: './assistant-message.html',
  styleUrl: './assistant-message.css',
})
export class AssistantMessage {
  protected readonly text = viewChild('text', { read: ElementRef<HTMLElement> });

  readonly message = input.required<ChatMessage>();
  /** Whether this answer is being written now. */
  readonly isLive = input(false);
  /** Whether any answer of the conversation is. */
  readonly isBusy = input(false);
  readonly isLast = input(false);
  /** Whether its model goes on from the beginning of an answer. */
  readonly canContinue = input(true);
  readonly conversationId = input<number>();

  readonly regenerated = output<Regeneration>();
  /** The models are to be shown that can answer in its place, at this button. */
  readonly modelsWanted = output<HTMLElement>();
  readonly continued = output<number>();
  readonly siblingChosen = output<number>();

  protected readonly guideNote = GUIDE_NOTE;
  protected readonly headingId = computed(() => `heading-${this.message().key}`);
  protected readonly heading = computed(() => {
    const { provider, model } = this.message();
    if (provider === 'guide') return `Answer of the Guide, ${GUIDE_NOTE}`;
    return model === null ? 'Answer' : `Answer by ${model}`;
  });
  protected readonly meta = computed(() => metaOf(this.message()));
  protected readonly ending = computed(() => (this.isLive() ? undefined : endingOf(this.message())));
  protected readonly isBad = computed(() => ['failed', 'interrupted'].includes(this.ending()?.kind ?? ''));
  /** Whether there is something to go on from, for the last answer alone: more was said after the others. */
  protected readonly isUnfinished = computed(() => this.isLast() && !this.isLive() && isUnfinished(this.message()));
  protected readonly noWayOn = computed(() => (this.isUnfinished() && !this.canContinue() ? noWayOn(this.message()) : ''));
  protected readonly isWordless = computed(() => this.isLive() && this.message().text === '' && this.message().reasoning === '');
  protected readonly areDetailsOpen = signal(false);

  protected regenerate(): void {
    const { id } = this.message();
    if (id !== undefined) this.regenerated.emit({ messageId: id });
  }

  protected goOn(): void {
    const { id } = this.message();
    if (id !== undefined) this.continued.emit(id);
  }
}
