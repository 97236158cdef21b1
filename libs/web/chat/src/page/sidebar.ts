import { Component, DOCUMENT, ElementRef, effect, inject, input, linkedSignal, output, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Icon } from '../icon/icon';
import { ConversationList } from '../list/conversation-list';
import { PartMissing } from '../status/part-missing';
import { Mark } from './mark';
import { UserMenu } from './user-menu';

/** Frames in which an opening drawer must have become visible. */
const FOCUS_FRAMES = 30;
/** Up to this width the sidebar is a drawer over the page. As in `sidebar.css` and `chat-page.css`. */
const NARROW = '(max-width: 52rem)';

/** The name of the house, the way to a new chat, and the conversations. */
@Component({
  selector: 'echo-sidebar',
  imports: [ConversationList, Icon, Mark, PartMissing, RouterLink, UserMenu],
  templateUrl: './sidebar.html',
  styleUrl: './sidebar.css',
  host: { '[class.open]': 'isOpen()', '[class.moving]': 'isMoving()', '(transitionend)': 'isMoving.set(false)' },
})
export class Sidebar {
  private readonly window = inject(DOCUMENT).defaultView;
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  // By its name in the template: naming the class here would load it with the page.
  private readonly list = viewChild<ConversationList>('list');
  private readonly closeButton = viewChild.required<ElementRef<HTMLButtonElement>>('closeButton');
  /** The drawer opens for the search: else its first button takes the focus. */
  private isSearchWanted = false;

  readonly currentId = input<number>();
  /** Whether an answer was completed in it while it is open. */
  readonly isDone = input(false);
  /** Whether the drawer is out; of no effect on wide screens. */
  readonly isOpen = input(false);

  /** From opening or closing the drawer until it is there. A window that changes its size moves nothing. */
  protected readonly isMoving = linkedSignal<boolean, boolean>({
    source: this.isOpen,
    computation: (_, before) => before !== undefined && this.isDrawer(),
  });

  readonly newChatWanted = output();
  readonly opened = output();
  readonly closed = output();
  readonly removed = output<number>();
  readonly shortcutsWanted = output();

  constructor() {
    effect((onCleanup) => {
      if (!this.isOpen()) return;
      const narrow = this.window?.matchMedia(NARROW);
      // The page behind an open drawer is inert; a window made wide has no drawer to close.
      const widen = () => narrow?.matches === false && this.closed.emit();
      narrow?.addEventListener('change', widen);
      onCleanup(() => narrow?.removeEventListener('change', widen));
      onCleanup(this.takeFocusWhenVisible());
      onCleanup(() => (this.isSearchWanted = false));
    });
  }

  isDrawer(): boolean {
    return this.window?.matchMedia(NARROW).matches ?? false;
  }

  focusSearch(): void {
    if (this.isDrawer() && !this.isOpen()) this.isSearchWanted = true;
    else this.list()?.focusSearch();
  }

  /** What is hidden takes no focus, and how many frames it takes to show depends on the machine. Returns how to give up. */
  private takeFocusWhenVisible(): () => void {
    const button = this.closeButton().nativeElement;
    const takeFocus = () => {
      if (this.isSearchWanted) this.list()?.focusSearch();
      else button.focus();
    };
    let frame: number | undefined;
    const tryAgain = (tries: number): void => {
      frame = this.window?.requestAnimationFrame(() => {
        takeFocus();
        if (tries > 1 && !this.element.matches(':focus-within')) tryAgain(tries - 1);
      });
    };
    tryAgain(FOCUS_FRAMES);
    return () => frame !== undefined && this.window?.cancelAnimationFrame(frame);
  }
}
