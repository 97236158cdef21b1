import { DestroyRef, DOCUMENT, inject, Injectable } from '@angular/core';
import { EMPTY, fromEvent, map, type Observable } from 'rxjs';
import { LOCAL_NAME } from './local-name';

/** What happened to a conversation. `messageId`: the answer that began or ended, where it is known. `isSeen`: somebody sees its end, so `read` will follow. */
export interface ConversationNews {
  readonly kind: 'began' | 'ended' | 'read' | 'changed' | 'deleted';
  readonly conversationId: number;
  readonly messageId?: number | undefined;
  readonly isSeen?: boolean;
}

/** A tab follows a run, and was last used at `used` (milliseconds since 1970); or follows none any more. */
export type FollowingNews =
  { readonly kind: 'follows'; readonly tab: string; readonly used: number } | { readonly kind: 'leaves'; readonly tab: string };

/** Somebody signed in in another tab, by number; null: the person signed out. */
export interface SessionNews {
  readonly kind: 'session';
  readonly user: string | null;
}

export type TabNews = ConversationNews | FollowingNews | SessionNews;

/** What the tabs of one browser tell each other. In a browser without such a channel nobody hears anything, and every tab is on its own. */
@Injectable({ providedIn: 'root' })
export class TabChannel {
  readonly #channel = openChannel(inject(DOCUMENT).defaultView, inject(LOCAL_NAME));

  /** What other tabs tell. */
  readonly heard: Observable<TabNews> = this.#channel
    ? fromEvent<MessageEvent<TabNews>>(this.#channel, 'message').pipe(map(({ data }) => data))
    : EMPTY;

  constructor() {
    inject(DestroyRef).onDestroy(() => this.#channel?.close());
  }

  tell(news: TabNews): void {
    this.#channel?.postMessage(news);
  }
}

function openChannel(
  view: (Window & Partial<Pick<typeof globalThis, 'BroadcastChannel'>>) | null,
  name: string,
): BroadcastChannel | undefined {
  try {
    return view?.BroadcastChannel ? new view.BroadcastChannel(name) : undefined;
  } catch {
    // Denied, as in a sandboxed frame.
    return undefined;
  }
}
