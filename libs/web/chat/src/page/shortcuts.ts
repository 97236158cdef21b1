/** What a shortcut does. */
export type Shortcut = 'new-chat' | 'search' | 'focus-composer' | 'list';

/** The part of a keyboard event that counts. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/**
 * The shortcut that was pressed. `isText`: single characters are no shortcuts, since text is typed, or since the person wants none (`SingleKeys`): who
 * speaks to the machine, or slips, must be able to switch them off (WCAG 2.1.4).
 */
export function shortcutOf(press: KeyPress, isText: boolean): Shortcut | undefined {
  const mod = press.ctrlKey || press.metaKey;
  if (press.altKey) return undefined;
  if (press.key === 'Escape' && press.shiftKey && !mod) return 'focus-composer';
  if (press.key === '?' && !mod && !isText) return 'list';
  if (!mod) return undefined;
  const key = press.key.toLowerCase();
  if (key === 'o' && press.shiftKey) return 'new-chat';
  if (key === 'k' && !press.shiftKey) return 'search';
  // On many keyboards the slash is a shifted key.
  return key === '/' ? 'list' : undefined;
}

/** Whether keys pressed here are text. */
export function isTypingIn(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input:not([type="checkbox"]), textarea, select, [contenteditable]');
}

/** One line of the list that `shortcuts-dialog` shows; `Mod` is the command key on a Mac and Ctrl elsewhere. */
export const SHORTCUTS: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['Enter'], does: 'Send the message' },
  { keys: ['Shift', 'Enter'], does: 'Begin a new line' },
  { keys: ['Esc'], does: 'Stop the answer' },
  { keys: ['↑'], does: 'Edit your last message, from the empty message box' },
  { keys: ['Shift', 'Esc'], does: 'Go to the message box' },
  { keys: ['Mod', 'Shift', 'O'], does: 'Begin a new chat' },
  { keys: ['Mod', 'K'], does: 'Search the conversations' },
  { keys: ['Mod', '/'], does: 'Show this list' },
  { keys: ['?'], does: 'Show this list, where nothing is typed' },
];
