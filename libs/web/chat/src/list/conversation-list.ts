import {
  Component,
  DestroyRef,
  type ElementRef,
  computed,
  effect,
  inject,
  input,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { type Conversation, type UpdateConversationRequest } from '@echo/contract';
import { PageAlert } from '@echo/web-forms/page-alert';
import { Icon } from '../icon/icon';
import { PartMissing } from '../status/part-missing';
import { ConversationDirectory } from './conversation-directory';
import { ConversationMenu } from './conversation-menu';
import { ConversationRow } from './conversation-row';
import { DeleteDialog } from './delete-dialog';
import { groupByTime } from './group-by-time';
import { RowFocus } from './row-focus';

/** How long typing must rest before the search asks the server, in milliseconds. */
const SEARCH_REST = 250;
/** Pixels before the end of the list at which more of it is loaded. */
const LOAD_AHEAD = 240;

/** The menu of a conversation, at the button that opens it. */
interface WantedMenu {
  readonly conversation: Conversation;
  readonly opener: HTMLElement;
}

/** The conversations: found, opened, renamed, pinned, archived and deleted here. */
@Component({
  selector: 'echo-conversation-list',
  imports: [ConversationMenu, ConversationRow, DeleteDialog, Icon, PartMissing],
  providers: [RowFocus],
  templateUrl: './conversation-list.html',
  styleUrl: './conversation-list.css',
})
export class ConversationList {
  private readonly rowFocus = inject(RowFocus);
  protected readonly directory = inject(ConversationDirectory);
  private readonly search = viewChild.required<ElementRef<HTMLInputElement>>('search');
  // By their names in the template: naming the classes here would load them with the page.
  private readonly menu = viewChild<ConversationMenu>('menu');
  private readonly deleteDialog = viewChild<DeleteDialog>('deleteDialog');
  private searchTimer: ReturnType<typeof setTimeout> | undefined;

  readonly currentId = input<number>();
  /** Whether an answer was completed in it while it is open. */
  readonly isDone = input(false);
  /** A conversation was chosen; its page opens by its link. */
  readonly opened = output();
  /** The conversation with this id is gone. */
  readonly removed = output<number>();

  /** The conversation whose title is being written. */
  protected readonly renaming = signal<number | undefined>(undefined);
  /** While its code is on its way, and from then on if it did not arrive. */
  protected readonly wantedMenu = signal<WantedMenu | undefined>(undefined);
  protected readonly groups = computed(() => groupByTime(this.directory.conversations(), new Date()));
  /** Places of rows that are on their way. */
  protected readonly skeletons = [72, 54, 83, 61, 47, 76];

  constructor() {
    inject(PageAlert).say(this.directory.error);
    inject(DestroyRef).onDestroy(() => clearTimeout(this.searchTimer));
    effect(() => {
      const wanted = this.wantedMenu();
      if (this.menu() === undefined || wanted === undefined) return;
      this.wantedMenu.set(undefined);
      untracked(() => this.openMenu(wanted));
    });
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

  /** At once where it can: the next key is meant for the menu. */
  protected openMenu(wanted: WantedMenu): void {
    const menu = this.menu();
    if (menu === undefined) this.wantedMenu.set(wanted);
    else menu.open(wanted.conversation, wanted.opener);
  }

  protected async rename(conversation: Conversation, title: string | undefined): Promise<void> {
    this.renaming.set(undefined);
    if (title !== undefined) await this.directory.change(conversation.id, { title });
  }

  protected change(conversation: Conversation, change: UpdateConversationRequest): void {
    this.keepFocus(conversation.id);
    void this.directory.change(conversation.id, change);
  }

  protected loadAgain(): void {
    void this.directory.loadAgain();
    this.keepFocus();
  }

  protected async showMore(): Promise<void> {
    const last = this.listed().at(-1);
    await this.directory.loadMore();
    this.keepFocus(last);
  }

  protected async confirmDelete(conversation: Conversation): Promise<void> {
    if ((await this.deleteDialog()?.ask(conversation.title)) !== true) return;
    this.keepFocus(conversation.id);
    if (await this.directory.remove(conversation.id)) this.removed.emit(conversation.id);
  }

  /** What has the focus goes or moves with the next render. */
  private keepFocus(id?: number): void {
    this.rowFocus.keepNear(id, () => this.listed(), this.search().nativeElement);
  }

  private listed(): number[] {
    return this.groups().flatMap(({ conversations }) => conversations.map(({ id }) => id));
  }
}
