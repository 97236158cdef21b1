import { Injectable, type Signal, effect, inject, untracked } from '@angular/core';
import { Router } from '@angular/router';
import { ChatSession } from '@echo/web-chat-client';
import { ConversationDirectory } from '../list/conversation-directory';
import { ModelCatalog } from '../models/model-catalog';
import { ChatCommands } from './chat-commands';
import { ComposerFocus } from './composer-focus';

/** Keeps the conversation that is shown and the page's address together. Provided by the page. */
@Injectable()
export class ConversationAddress {
  private readonly router = inject(Router);
  private readonly session = inject(ChatSession);
  private readonly directory = inject(ConversationDirectory);
  private readonly models = inject(ModelCatalog);
  private readonly commands = inject(ChatCommands);
  private readonly composer = inject(ComposerFocus);

  /** Follows `addressed`, the number in the address, and changes the address when a new chat has begun. To be called where a page is made. */
  keep(addressed: Signal<number | undefined>): void {
    effect(() => {
      const id = addressed();
      untracked(() => {
        // It may be open because it has just begun here.
        if (id === undefined || id !== this.session.conversationId()) this.open(id);
      });
    });
    effect(() => {
      const id = this.session.conversationId();
      untracked(() => {
        if (id !== undefined && addressed() === undefined) this.settle(id);
      });
    });
  }

  open(id: number | undefined): void {
    this.commands.restoreDraft(id);
    void this.session.open(id);
    this.composer.focusIfHovering();
  }

  /** A new chat has become this conversation: its address follows, and the page stays. */
  settle(id: number): void {
    this.models.settle(id);
    this.commands.moveDraft(id);
    void this.router.navigate(['/c', id], { replaceUrl: true });
    void this.directory.refresh();
  }
}
