import { Component, input, output } from '@angular/core';
import { type ChatMessage } from '@echo/web-chat-client';
import { AssistantMessage } from './assistant-message';
import { MemoryMark } from './memory-mark';
import { type MessageEdit } from './message-edit';
import { type Regeneration } from './regeneration';
import { UserMessage } from './user-message';

// Not a literal in the decorator: the linter's template parser does not know @boundary yet and would refuse the file.
const TEMPLATE = `
  @for (message of messages(); track message.key) {
    @boundary {
      @if (message.role === 'user') {
        <echo-user-message
          [message]="message"
          [isBusy]="isHeldUp(message)"
          [isEditing]="message.key === editing()"
          [unsentReason]="message.state === 'unsent' ? unsentReason() : undefined"
          [isHeld]="isHeld()"
          [maxChars]="maxChars()"
          (editWanted)="editWanted.emit(message)"
          (editCancelled)="editCancelled.emit()"
          (edited)="edit(message, $event)"
          (siblingChosen)="siblingChosen.emit($event)"
          (retried)="retried.emit()"
          (takenBack)="takenBack.emit(message.text)"
        />
      } @else {
        <echo-assistant-message
          [message]="message"
          [isLive]="message.key === liveKey()"
          [isBusy]="isHeldUp(message)"
          [isLast]="message.key === lastAnswerKey()"
          [conversationId]="conversationId()"
          [canContinue]="!beginsAnew().has(message.provider + '/' + message.model)"
          (regenerated)="regenerated.emit($event)"
          (modelsWanted)="modelsWanted.emit({ message, opener: $event })"
          (continued)="continued.emit($event)"
          (siblingChosen)="siblingChosen.emit($event)"
        />
      }
    } @error {
      <article class="verbatim" dir="auto">{{ message.text }}</article>
    }
    @if (message.id !== undefined && message.id === memoryAfter()) {
      <echo-memory-mark [model]="memoryOf()" />
    }
  }
`;

/** Some messages in a row. A long conversation is many of these, of which only the last one is looked at and laid out while an answer grows. One that cannot be drawn shows its text, and leaves the others alone. */
@Component({
  selector: 'echo-message-rows',
  imports: [AssistantMessage, MemoryMark, UserMessage],
  template: TEMPLATE,
  styleUrl: './message-rows.css',
})
export class MessageRows {
  readonly messages = input.required<readonly ChatMessage[]>();
  readonly isBusy = input.required<boolean>();
  readonly liveKey = input.required<string | undefined>();
  readonly lastAnswerKey = input.required<string | undefined>();
  /** Number of the newest message that the model of the last answer was not given, and that model. */
  readonly memoryAfter = input.required<number | null | undefined>();
  readonly memoryOf = input.required<string | null>();
  /** Key of the message whose text is being changed. */
  readonly editing = input.required<string | undefined>();
  readonly conversationId = input.required<number | undefined>();
  readonly unsentReason = input.required<string | undefined>();
  readonly isHeld = input.required<boolean>();
  readonly maxChars = input.required<number>();
  readonly beginsAnew = input.required<ReadonlySet<string>>();

  readonly editWanted = output<ChatMessage>();
  readonly editCancelled = output();
  readonly edited = output<MessageEdit>();
  readonly regenerated = output<Regeneration>();
  /** Models are wanted for another answer than this one, at this element. */
  readonly modelsWanted = output<{ readonly message: ChatMessage; readonly opener: HTMLElement }>();
  readonly continued = output<number>();
  readonly siblingChosen = output<number>();
  readonly retried = output();
  readonly takenBack = output<string>();

  protected edit({ id, text: before }: ChatMessage, text: string): void {
    this.editCancelled.emit();
    if (id !== undefined && text !== before) this.edited.emit({ messageId: id, text });
  }

  /** Whether it goes by an answer that is being written: the last answer does, and what has versions. What cannot be done with the others meanwhile, the style sheet hides. */
  protected isHeldUp(message: ChatMessage): boolean {
    return this.isBusy() && (message.siblings.length > 1 || message.key === this.lastAnswerKey());
  }
}
