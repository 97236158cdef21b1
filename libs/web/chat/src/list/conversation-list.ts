import { Component, DestroyRef, type ElementRef, computed, inject, input, output, signal, viewChild } from '@angular/core';
import { type Conversation } from '@echo/contract';
import { Icon } from '../icon/icon';
import { ConversationDirectory } from './conversation-directory';
import { ConversationMenu } from './conversation-menu';
import { ConversationRow } from './conversation-row';
import { DeleteDialog } from './delete-dialog';
import { groupByTime } from './group-by-time';

/** How long typing must rest before the search asks the server, in milliseconds. */
const SEARCH_REST = 250;
/** Pixels before the end of the list at which more of it is loaded. */
const LOAD_AHEAD = 240;

/** The conversations: found, opened, renamed, pinned, archived and deleted here. */
@Component({
  selector: 'echo-conversation-list',
  imports: [ConversationMenu, ConversationRow, DeleteDialog, Icon],
  templateUrl: './conversation-list.html',
  styleUrl: './conversation-list.css',
})
export class ConversationList {
  protected readonly directory = inject(ConversationDirectory);
  private readonly search = viewChild.required<ElementRef<HTMLInputElement>>('search');
  private readonly menu = viewChild.required(ConversationMenu);
  private readonly deleteDialog = viewChild.required(DeleteDialog);
  private searchTimer: ReturnType<typeof setTimeout> | undefined;

  readonly currentId = input<number>();
  /** A conversation was chosen; its page opens by its link. */
  readonly opened = output();
  /** The conversation with this id is gone. */
  readonly removed = output<number>();

  /** The conversation whose title is being written. */
  protected readonly renaming = signal<number | undefined>(undefined);
  protected readonly groups = computed(() => groupByTime(this.directory.conversations(), new Date()));
  /** Places of rows that are on their way. */
  protected readonly skeletons = [72, 54, 83, 61, 47, 76];

  constructor() {
    inject(DestroyRef).onDestroy(() => clearTimeout(this.searchTimer));
  }

  focusSearch(): void {
    this.search().nativeElement.focus();
    this.search().nativeElement.select();
  }

  protected type(event: Event): void {
    const query = (event.target as HTMLInputElement).value;
    clearTimeout(this.searchTimer);
    this.searchTimer = setTimeout(() => void this.directory.show({ query }), SEARCH_REST);
  }

  protected clearSearch(): void {
    clearTimeout(this.searchTimer);
    this.search().nativeElement.value = '';
    this.search().nativeElement.focus();
    void this.directory.show({ query: '' });
  }

  protected loadAhead(event: Event): void {
    const box = event.target as HTMLElement;
    const left = box.scrollHeight - box.clientHeight - box.scrollTop;
    // After a failure the person asks again by the button; scrolling would repeat it endlessly.
    if (left < LOAD_AHEAD && this.directory.error() === undefined) void this.directory.loadMore();
  }

  protected openMenu(conversation: Conversation, opener: HTMLElement): void {
    this.menu().open(conversation, opener);
  }

  protected async rename(conversation: Conversation, title: string | undefined): Promise<void> {
    this.renaming.set(undefined);
    if (title !== undefined) await this.directory.change(conversation.id, { title });
  }

  protected async confirmDelete(conversation: Conversation): Promise<void> {
    if (!(await this.deleteDialog().ask(conversation.title))) return;
    if (await this.directory.remove(conversation.id)) this.removed.emit(conversation.id);
  }
}
