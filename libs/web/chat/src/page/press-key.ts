import { isTypingIn, type Shortcut, shortcutOf } from './shortcuts';

/** What the keys of the page do. */
export interface PageKeys extends Readonly<Record<Shortcut, () => void>> {
  /** Escape, with nothing open that closes by itself. */
  readonly escape: (target: EventTarget | null) => void;
}

export function pressKey(event: KeyboardEvent, document: Document, keys: PageKeys): void {
  if (event.key === 'Escape' && !event.shiftKey) {
    // A menu or a dialog on top closes by itself.
    const isTaken = event.defaultPrevented || event.isComposing || document.querySelector('dialog[open], :popover-open') !== null;
    if (!isTaken) keys.escape(event.target);
    return;
  }
  const shortcut = shortcutOf(event, isTypingIn(event.target));
  if (shortcut === undefined) return;
  event.preventDefault();
  if (document.querySelector('dialog[open]') === null) keys[shortcut]();
}
