import { Component, DOCUMENT, type ElementRef, inject, output, signal, viewChild } from '@angular/core';
import { type Conversation } from '@echo/contract';
import { Icon } from '../icon/icon';
import { placeAt } from '../menu/place-at';

/** What can be done with a conversation. A native popover: it closes by Escape and by a press beside it, and gives the focus back. */
@Component({
  selector: 'echo-conversation-menu',
  imports: [Icon],
  templateUrl: './conversation-menu.html',
  styleUrl: './conversation-menu.css',
})
export class ConversationMenu {
  private readonly window = inject(DOCUMENT).defaultView as Window;
  private readonly box = viewChild.required<ElementRef<HTMLElement>>('box');
  private readonly first = viewChild.required<ElementRef<HTMLButtonElement>>('first');

  readonly renameChosen = output<Conversation>();
  readonly pinChosen = output<Conversation>();
  readonly archiveChosen = output<Conversation>();
  readonly deleteChosen = output<Conversation>();

  protected readonly conversation = signal<Conversation | undefined>(undefined);

  /** Shows the menu of `conversation` at the button that opened it. */
  open(conversation: Conversation, opener: HTMLElement): void {
    this.conversation.set(conversation);
    const box = this.box().nativeElement;
    box.showPopover();
    placeAt(opener, box, this.window);
    this.first().nativeElement.focus();
  }

  protected choose(choice: { emit(conversation: Conversation): void }): void {
    const conversation = this.conversation();
    this.box().nativeElement.hidePopover();
    if (conversation !== undefined) choice.emit(conversation);
  }
}
