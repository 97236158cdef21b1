import { DOCUMENT, Injectable, inject } from '@angular/core';
import { isTypingIn, type Shortcut, shortcutOf } from './shortcuts';
import { SingleKeys } from './single-keys';

/** What the keys of the page do. */
export interface PageKeys extends Readonly<Record<Shortcut, () => void>> {
  /** Escape, with nothing open that closes by itself. */
  readonly escape: (target: EventTarget | null) => void;
}

/** From a key that was pressed anywhere on the page to what it does. */
@Injectable({ providedIn: 'root' })
export class PageKeyboard {
  private readonly document = inject(DOCUMENT);
  private readonly singleKeys = inject(SingleKeys);

  press(event: KeyboardEvent, keys: PageKeys): void {
    if (event.key === 'Escape' && !event.shiftKey) {
      // A menu or a dialog on top closes by itself.
      const isTaken = event.defaultPrevented || event.isComposing || this.document.querySelector('dialog[open], :popover-open') !== null;
      if (!isTaken) keys.escape(event.target);
      return;
    }
    const shortcut = shortcutOf(event, isTypingIn(event.target) || !this.singleKeys.isOn());
    if (shortcut === undefined) return;
    event.preventDefault();
    if (this.document.querySelector('dialog[open]') === null) keys[shortcut]();
  }
}
