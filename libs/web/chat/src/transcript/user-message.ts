import { Component, computed, inject, input, linkedSignal, output } from '@angular/core';
import { LIMITS } from '@echo/contract';
import { type ChatMessage, copyText, Drafts } from '@echo/web-chat-client';
import { Icon } from '../icon/icon';
import { HiddenText } from '../hidden';
import { CopyOutcome } from './copy-outcome';
import { MessageEditor } from './message-editor';
import { SiblingSwitch } from './sibling-switch';

/** A text of more characters, or lines, is shown by its beginning until somebody wants to see all of it. */
const LONG_CHARS = 2_500;
const LONG_LINES = 30;

/** What a person wrote, exactly as they wrote it. */
@Component({
  selector: 'echo-user-message',
  imports: [HiddenText, Icon, MessageEditor, SiblingSwitch],
  templateUrl: './user-message.html',
  styleUrl: './user-message.css',
})
export class UserMessage {
  private readonly drafts = inject(Drafts);

  readonly message = input.required<ChatMessage>();
  /** Whether an answer is under way in this conversation. */
  readonly isBusy = input(false);
  readonly isEditing = input(false);
  /** Why it was not sent, where it was not. */
  readonly unsentReason = input<string>();
  /** Whether nothing can be sent yet. */
  readonly isHeld = input(false);
  /** Code points that its new text may have. */
  readonly maxChars = input<number>(LIMITS.promptChars);

  readonly editWanted = output();
  readonly editCancelled = output();
  readonly edited = output<string>();
  readonly siblingChosen = output<number>();
  readonly retried = output();
  readonly takenBack = output();

  protected readonly headingId = computed(() => `heading-${this.message().key}`);
  protected readonly textId = computed(() => `text-${this.message().key}`);
  protected readonly isLong = computed(() => {
    const { text } = this.message();
    return text.length > LONG_CHARS || text.split('\n', LONG_LINES + 1).length > LONG_LINES;
  });
  protected readonly isFolded = linkedSignal(() => this.isLong());
  protected readonly copied = new CopyOutcome<'message'>();
  /** Where a change of its text is kept; what has no number is not changed. */
  private readonly place = computed(() => ({ messageId: this.message().id ?? 0 }));
  /** Its text as it is being changed. */
  protected readonly draft = linkedSignal(() => this.drafts.read(this.place()) || this.message().text);

  protected async copy(): Promise<void> {
    this.copied.tell('message', await copyText(this.message().text));
  }

  protected write(text: string): void {
    this.draft.set(text);
    this.drafts.write(this.place(), text);
  }

  /** The change is given up, or sent: the next one begins with the text that is there. */
  protected forget(): void {
    this.drafts.clear(this.place());
    this.draft.set(this.message().text);
  }
}
