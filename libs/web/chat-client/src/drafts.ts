import { DOCUMENT, inject, Injectable } from '@angular/core';
import { CurrentSession } from './current-session';
import { LOCAL_NAME } from './local-name';

/** Where an unsent text belongs: to a conversation, to the new chat, or to a message whose text is being changed. */
export type DraftPlace = number | undefined | { readonly messageId: number };

/** Unsent text per person and place, kept in this browser. Where the browser keeps nothing, drafts live as long as the page. */
@Injectable({ providedIn: 'root' })
export class Drafts {
  readonly #storage = openStorage(inject(DOCUMENT).defaultView);
  readonly #session = inject(CurrentSession);
  readonly #prefix = inject(LOCAL_NAME);
  readonly #memory = new Map<string, string>();

  /** Empty when there is none. */
  read(place: DraftPlace): string {
    const name = this.#nameOf(place);
    const kept = this.#memory.get(name);
    if (kept !== undefined) return kept;
    try {
      return this.#storage?.getItem(name) ?? '';
    } catch {
      // Storage that was denied after the page began.
      return '';
    }
  }

  write(place: DraftPlace, text: string): void {
    if (text === '') return this.clear(place);
    const name = this.#nameOf(place);
    try {
      if (!this.#storage) throw new Error('This browser gives no storage');
      this.#storage.setItem(name, text);
      this.#memory.delete(name);
    } catch {
      // Denied or full: the page remembers it instead.
      this.#memory.set(name, text);
    }
  }

  clear(place: DraftPlace): void {
    const name = this.#nameOf(place);
    this.#memory.delete(name);
    try {
      this.#storage?.removeItem(name);
    } catch {
      // Storage that is denied holds nothing to clear.
      return;
    }
  }

  #nameOf(place: DraftPlace): string {
    const owner = this.#session.hasAccounts() ? `${this.#session.user()?.id ?? ''}.` : '';
    const name = typeof place === 'object' ? `message.${place.messageId}` : (place ?? 'new');
    return `${this.#prefix}.draft.${owner}${name}`;
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
