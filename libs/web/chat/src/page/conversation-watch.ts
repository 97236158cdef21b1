import { Injectable, effect, inject, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { ChatSession, SessionGate, TabChannel } from '@echo/web-chat-client';
import { auditTime, filter } from 'rxjs';
import { ConversationDirectory } from '../list/conversation-directory';
import { PageSight } from './page-sight';

/** Milliseconds between two looks at the list: while an answer is written in any conversation of it, and else. */
const LOOK_LIVE = 5_000;
const LOOK_CALM = 15_000;
/** Milliseconds for which news of other tabs are gathered. */
const GATHER = 250;

/** Keeps what the page shows in step with other tabs and devices while it is seen, and tells the server what was. Provided by the page. */
@Injectable()
export class ConversationWatch {
  private readonly session = inject(ChatSession);
  private readonly directory = inject(ConversationDirectory);
  private readonly sight = inject(PageSight);
  private readonly gate = inject(SessionGate);

  constructor() {
    effect(() => {
      // Both ends of an answer are news, which may come at once; what was just sent is none before it is accepted.
      this.session.isStreaming();
      if (!this.session.isLoading() && this.sight.isVisible()) untracked(() => this.look());
    });
    effect((onCleanup) => {
      // What is asked while nobody is signed in waits, and would all be asked at once later.
      if (!this.sight.isVisible() || this.gate.isClosed()) return;
      const timer = setInterval(() => void this.catchUp(), this.directory.hasLive() ? LOOK_LIVE : LOOK_CALM);
      onCleanup(() => clearInterval(timer));
    });
    effect(() => {
      const open = this.session.conversation();
      if (!this.sight.isVisible() || this.isBusy() || !open?.unread) return;
      untracked(() => {
        this.session.markRead();
        this.directory.markRead(open.id);
      });
    });
    // An end that somebody sees is about to be read: looking in between would let its mark flash.
    const news = inject(TabChannel).heard.pipe(filter((each) => 'conversationId' in each && !each.isSeen));
    news.pipe(auditTime(GATHER), takeUntilDestroyed()).subscribe(() => this.look());
  }

  private isBusy(): boolean {
    return this.session.isLoading() || this.session.isStreaming();
  }

  private look(): void {
    if (this.sight.isVisible()) void this.directory.refresh();
  }

  private async catchUp(): Promise<void> {
    await this.directory.refresh();
    const open = this.session.conversation();
    const listed = this.directory.conversations().find(({ id }) => id === open?.id);
    // Another device went on with it.
    if (open && listed && listed.updated_at > open.updated_at && !this.isBusy()) void this.session.open(open.id);
  }
}
