import { TestBed } from '@angular/core/testing';
import { PageKeyboard, type PageKeys } from './page-keyboard';
import { ShortcutsDialog } from './shortcuts-dialog';

describe('PageKeyboard', () => {
  const done: string[] = [];
  const does = (what: string) => () => void done.push(what);
  const keys: PageKeys = {
    'new-chat': does('new-chat'),
    search: does('search'),
    'focus-composer': does('focus-composer'),
    list: does('list'),
    escape: does('escape'),
  };

  function press(key: string, target: HTMLElement = document.body): boolean {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
    Object.defineProperty(event, 'target', { value: target });
    TestBed.inject(PageKeyboard).press(event, keys);
    return event.defaultPrevented;
  }

  beforeEach(() => {
    done.length = 0;
    localStorage.clear();
    HTMLDialogElement.prototype.showModal = jest.fn();
    const find = document.querySelector.bind(document);
    // jsdom does not know `:popover-open`.
    jest.spyOn(document, 'querySelector').mockImplementation((selector: string) => find(selector.replace(', :popover-open', '')));
  });

  afterEach(() => jest.restoreAllMocks());

  it('opens the list at a question mark, and writes one where text is written', () => {
    expect(press('?')).toBe(true);
    expect(press('?', document.createElement('textarea'))).toBe(false);
    expect(done).toEqual(['list']);
  });

  it('lets the question mark alone once the person has switched it off, on later visits too', async () => {
    const fixture = TestBed.createComponent(ShortcutsDialog);
    await fixture.whenStable();
    const box = (fixture.nativeElement as HTMLElement).getElementsByTagName('input')[0] as HTMLInputElement;
    expect([box.checked, box.labels?.[0]?.textContent.trim()]).toEqual([true, 'Show it at ? alone']);
    box.click();
    expect(press('?')).toBe(false);
    TestBed.resetTestingModule();
    expect(press('?')).toBe(false);
    expect(done).toEqual([]);
    expect(press('Escape')).toBe(false);
    expect(done).toEqual(['escape']);
  });
});
