import { DOCUMENT, inject, Injectable } from '@angular/core';
import { CurrentSession } from './current-session';
import { LOCAL_NAME } from './local-name';

/** Unsent text per person and conversation, kept in this browser. Where the browser keeps nothing, drafts live as long as the page. */
@Injectable({ providedIn: 'root' })
export class Drafts {
  readonly #storage = openStorage(inject(DOCUMENT).defaultView);
  readonly #session = inject(CurrentSession);
  readonly #prefix = inject(LOCAL_NAME);
  readonly #memory = new Map<string, string>();

  /** The draft of a conversation, or of the new chat; empty when there is none. */
  read(conversationId: number | undefined): string {
    const name = this.#nameOf(conversationId);
    const kept = this.#memory.get(name);
    if (kept !== undefined) return kept;
    try {
      return this.#storage?.getItem(name) ?? '';
    } catch {
      // Storage that was denied after the page began.
      return '';
    }
  }

  write(conversationId: number | undefined, text: string): void {
    if (text === '') return this.clear(conversationId);
    const name = this.#nameOf(conversationId);
    try {
      if (!this.#storage) throw new Error('This browser gives no storage');
      this.#storage.setItem(name, text);
      this.#memory.delete(name);
    } catch {
      // Denied or full: the page remembers it instead.
      this.#memory.set(name, text);
    }
  }

  clear(conversationId: number | undefined): void {
    const name = this.#nameOf(conversationId);
    this.#memory.delete(name);
    try {
      this.#storage?.removeItem(name);
    } catch {
      // Storage that is denied holds nothing to clear.
      return;
    }
  }

  #nameOf(conversationId: number | undefined): string {
    const owner = this.#session.hasAccounts() ? `${this.#session.user()?.id ?? ''}.` : '';
    return `${this.#prefix}.draft.${owner}${conversationId ?? 'new'}`;
  }
}

/** The tab's own storage: drafts of two tabs do not overwrite each other, and they end with the tab. */
function openStorage(view: Window | null): Storage | undefined {
  try {
    return view?.sessionStorage;
  } catch {
    // Reading the property alone throws where cookies are blocked.
    return undefined;
  }
}
