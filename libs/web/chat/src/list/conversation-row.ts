import {
  Component,
  type ElementRef,
  Injector,
  afterNextRender,
  afterRenderEffect,
  computed,
  inject,
  input,
  output,
  viewChild,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import { LIMITS, type Conversation } from '@echo/contract';
import { Icon } from '../icon/icon';

/** One conversation of the list: its link, or the field that renames it. */
@Component({
  selector: 'echo-conversation-row',
  imports: [Icon, RouterLink],
  templateUrl: './conversation-row.html',
  styleUrl: './conversation-row.css',
})
export class ConversationRow {
  private readonly injector = inject(Injector);
  private readonly options = viewChild<ElementRef<HTMLButtonElement>>('options');
  private readonly field = viewChild<ElementRef<HTMLInputElement>>('field');

  readonly conversation = input.required<Conversation>();
  readonly isCurrent = input(false);
  readonly isDone = input(false);
  readonly isRenaming = input(false);

  readonly opened = output();
  /** The menu is wanted at this button. */
  readonly menuWanted = output<HTMLElement>();
  /** The new title, or undefined where it stays. */
  readonly renamed = output<string | undefined>();

  protected readonly maxTitle = LIMITS.titleChars;
  protected readonly state = computed(() => {
    const { live_run_id, unread } = this.conversation();
    if (live_run_id !== null) return 'live';
    // What is open is being read.
    if (this.isCurrent()) return this.isDone() ? 'done' : null;
    return unread ? 'unread' : null;
  });

  constructor() {
    afterRenderEffect({ write: () => this.field()?.nativeElement.select() });
  }

  protected press(event: KeyboardEvent, value: string): void {
    if (event.isComposing) return;
    if (event.key === 'Enter') this.finish(value);
    else if (event.key === 'Escape') this.giveUp(event);
    else return;
    // Back to where it was begun: the field goes, and the focus with it.
    afterNextRender(() => this.options()?.nativeElement.focus(), { injector: this.injector });
  }

  protected finish(value: string): void {
    // Enter takes the field away, and that takes the focus from it: one rename, not two.
    if (!this.isRenaming()) return;
    const title = value.trim();
    this.renamed.emit(title === '' || title === this.conversation().title ? undefined : title);
  }

  private giveUp(event: Event): void {
    event.stopPropagation();
    this.renamed.emit(undefined);
  }
}
