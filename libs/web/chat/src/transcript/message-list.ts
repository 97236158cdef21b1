import {
  Component,
  DOCUMENT,
  type ElementRef,
  Injector,
  afterNextRender,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { LIMITS } from '@echo/contract';
import { type ChatMessage } from '@echo/web-chat-client';
import { Icon } from '../icon/icon';
import { type ModelGroup } from '../models/model-groups';
import { regainFocus } from '../regain-focus';
import { inBatches } from './in-batches';
import { type MessageEdit } from './message-edit';
import { MessageRows } from './message-rows';
import { ModelMenu } from './model-menu';
import { type Regeneration } from './regeneration';
import { StickToEnd } from './stick-to-end';

/** The messages of one branch of a conversation, the newest at the end, which stays in view until the reader moves up. */
@Component({
  selector: 'echo-message-list',
  imports: [Icon, MessageRows, ModelMenu, StickToEnd],
  templateUrl: './message-list.html',
  styleUrl: './message-list.css',
})
export class MessageList {
  private readonly document = inject(DOCUMENT);
  private readonly injector = inject(Injector);
  private readonly end = viewChild.required(StickToEnd);
  private readonly log = viewChild.required<ElementRef<HTMLElement>>('log');
  /** What had the focus when the message was opened for a change. */
  private editOpener: Element | null = null;

  readonly messages = input.required<readonly ChatMessage[]>();
  readonly isLoading = input(false);
  readonly isStreaming = input(false);
  readonly streamingMessage = input<ChatMessage>();
  readonly conversationId = input<number>();
  /** Why the unsent message was not sent. */
  readonly unsentReason = input<string>();
  /** Whether nothing can be sent yet. */
  readonly isHeld = input(false);
  /** Code points that one message may have. */
  readonly maxChars = input<number>(LIMITS.promptChars);
  /** Models (`provider/model`) that cannot go on from the beginning of an answer. */
  readonly beginsAnew = input<ReadonlySet<string>>(new Set());
  /** Models that can give another answer. */
  readonly modelGroups = input<readonly ModelGroup[]>([]);

  readonly edited = output<MessageEdit>();
  readonly regenerated = output<Regeneration>();
  /** This answer is to be gone on with. */
  readonly continued = output<number>();
  readonly siblingChosen = output<number>();
  readonly retried = output();
  /** The unsent message is to go back into the composer. */
  readonly takenBack = output<string>();
  /** What can be chosen may have changed: it is to be read again. */
  readonly modelsWanted = output();

  private readonly split = linkedSignal<readonly ChatMessage[], readonly (readonly ChatMessage[])[]>({
    source: () => this.messages(),
    computation: (messages, previous) => inBatches(messages, previous?.value),
  });
  /** Which of them an answer concerns that is being written: the others are not looked at when it begins and ends. */
  protected readonly batches = computed(() => {
    const last = this.lastAnswer();
    return this.split().map((messages) => ({
      messages,
      hasLastAnswer: last !== undefined && messages.includes(last),
      hasVersions: messages.some(({ siblings }) => siblings.length > 1),
      hasMemoryMark: last?.memoryAfter != null && messages.some(({ id }) => id === last.memoryAfter),
    }));
  });
  protected readonly isBusy = computed(() => this.isLoading() || this.isStreaming());
  /** `isBusy` a frame later: a message just sent is not held up by all the buttons that vanish meanwhile. */
  protected readonly wasBusy = signal(false);
  protected readonly lastAnswer = computed(() => this.lastOf('assistant'));
  /** The message whose text is being changed. */
  protected readonly editing = signal<string | undefined>(undefined);

  constructor() {
    effect((onCleanup) => {
      const isBusy = this.isBusy();
      const frame = requestAnimationFrame(() => this.wasBusy.set(isBusy));
      onCleanup(() => cancelAnimationFrame(frame));
    });
    // Another conversation, or a message just sent: its end is what the reader wants to see.
    effect(() => {
      this.conversationId();
      const isSending = this.isLoading();
      untracked(() => {
        if (isSending || this.streamingMessage() === undefined) this.end().jump();
      });
    });
  }

  /** Opens the person's last message for a change; whether there was one. */
  editLast(): boolean {
    const last = this.lastOf('user');
    if (last?.id === undefined || this.isBusy()) return false;
    this.edit(last.key);
    return true;
  }

  protected edit(key: string): void {
    this.editOpener = this.document.activeElement;
    this.editing.set(key);
  }

  protected endEdit(): void {
    const key = this.editing();
    this.editing.set(undefined);
    this.afterRender(() => [this.editOpener as HTMLElement | null, this.element(`edit-${key}`)]);
  }

  /** Another row takes the place of this one, with switches of its own. */
  protected chooseSibling(id: number): void {
    const isBack = this.document.activeElement?.id.startsWith('before-');
    this.siblingChosen.emit(id);
    this.afterRender(() => [this.element(`${isBack ? 'before' : 'after'}-${id}`)]);
  }

  /** What has the focus is about to go: then it goes to the first of `wanted` that takes it, else to the transcript. */
  private afterRender(wanted: () => readonly (HTMLElement | null)[]): void {
    afterNextRender(() => regainFocus(this.document, ...wanted(), this.log().nativeElement), { injector: this.injector });
  }

  private element(id: string): HTMLElement | null {
    return this.document.getElementById(id);
  }

  private lastOf(role: ChatMessage['role']): ChatMessage | undefined {
    return this.messages().findLast((message) => message.role === role);
  }
}
