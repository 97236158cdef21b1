import { type KeyPress, SHORTCUTS, isTypingIn, shortcutOf } from './shortcuts';

const press = (key: string, modifiers: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...modifiers,
});

describe('shortcutOf', () => {
  it.each([
    ['Ctrl+Shift+O', press('O', { ctrlKey: true, shiftKey: true }), 'new-chat'],
    ['Command+Shift+O', press('o', { metaKey: true, shiftKey: true }), 'new-chat'],
    ['Ctrl+K', press('k', { ctrlKey: true }), 'search'],
    ['Shift+Esc', press('Escape', { shiftKey: true }), 'focus-composer'],
    ['Ctrl+/', press('/', { ctrlKey: true }), 'list'],
    ['Ctrl+Shift+7, a slash on a German keyboard', press('/', { ctrlKey: true, shiftKey: true }), 'list'],
  ])('knows %s, also while typing', (_name, keys, shortcut) => {
    expect(shortcutOf(keys, true)).toBe(shortcut);
  });

  it('takes a question mark for a shortcut only where nothing is typed', () => {
    expect(shortcutOf(press('?', { shiftKey: true }), false)).toBe('list');
    expect(shortcutOf(press('?', { shiftKey: true }), true)).toBeUndefined();
  });

  it.each([
    ['plain letters', press('k')],
    ['Escape alone', press('Escape')],
    ['Ctrl+R, which reloads', press('r', { ctrlKey: true })],
    ['AltGr combinations, which write letters', press('/', { ctrlKey: true, altKey: true })],
  ])('leaves %s alone', (_name, keys) => {
    expect(shortcutOf(keys, false)).toBeUndefined();
  });
});

describe('SHORTCUTS', () => {
  it('names every key that acts, the single one too', () => {
    const named = SHORTCUTS.map(({ keys }) => keys.join('+'));
    expect(named).toEqual(expect.arrayContaining(['?', 'Mod+/', 'Mod+K', 'Mod+Shift+O', 'Shift+Esc']));
  });
});

describe('isTypingIn', () => {
  it.each([
    ['textarea', true],
    ['input', true],
    ['button', false],
  ])('says of a %s: %s', (name, expected) => {
    expect(isTypingIn(document.createElement(name))).toBe(expected);
  });

  it('does not count a switch', () => {
    const checkbox = document.createElement('input');
    checkbox.setAttribute('type', 'checkbox');
    expect(isTypingIn(checkbox)).toBe(false);
  });
});
