import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { Composer } from './composer';

describe('Composer', () => {
  let fixture: ComponentFixture<Composer>;
  let sent: string[];
  let stopped: number;
  let edits: number;

  const box = () => fixture.nativeElement.querySelector('textarea') as HTMLTextAreaElement;
  const button = () => fixture.nativeElement.querySelector('.send') as HTMLButtonElement;
  const notes = () => (fixture.nativeElement.querySelector('#composer-notes') as HTMLElement).textContent.trim();

  async function type(text: string): Promise<void> {
    box().value = text;
    box().dispatchEvent(new Event('input'));
    await fixture.whenStable();
  }

  async function press(key: string, init: KeyboardEventInit = {}): Promise<KeyboardEvent> {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init });
    box().dispatchEvent(event);
    await fixture.whenStable();
    return event;
  }

  beforeEach(async () => {
    [sent, stopped, edits] = [[], 0, 0];
    fixture = TestBed.createComponent(Composer);
    document.body.append(fixture.nativeElement);
    fixture.componentInstance.sent.subscribe((text) => sent.push(text));
    fixture.componentInstance.stopped.subscribe(() => stopped++);
    fixture.componentInstance.editLast.subscribe(() => edits++);
    await fixture.whenStable();
  });

  afterEach(() => fixture.nativeElement.remove());

  it.each([
    ['from an earlier visit, or back from the transcript', (text: string) => fixture.componentRef.setInput('text', text)],
    ['by a paste', (text: string) => paste(text)],
  ])('looks for what is hidden in a text that came in %s', async (_how, bring) => {
    bring('Please\u200b help.');
    await fixture.whenStable();
    await fixture.whenStable();
    const hidden = () => (fixture.nativeElement as HTMLElement).querySelector('[aria-label="Hidden characters"]');
    expect(hidden()?.textContent).toContain('There are 1 hidden character in what you pasted.');
    [...(hidden()?.querySelectorAll('button') ?? [])].find(({ textContent }) => textContent.trim() === 'Send as is')?.click();
    await fixture.whenStable();
    expect(hidden()).toBeNull();
    expect(document.activeElement).toBe(box());
    await press('Enter');
    expect(sent).toEqual(['Please\u200b help.']);
  });

  it('becomes as high as its text where the style sheet alone cannot do that', async () => {
    Object.defineProperty(box(), 'scrollHeight', { get: () => 20 * box().value.split('\n').length });
    await type('one\ntwo\nthree');
    expect(box().style.blockSize).toBe('60px');
    await press('Enter');
    expect(box().style.blockSize).toBe('20px');
  });

  function paste(text: string): void {
    box().value = text;
    box().dispatchEvent(new InputEvent('input', { inputType: 'insertFromPaste' }));
  }

  it('does not look at what is typed', async () => {
    await type('Please\u200b help.');
    await fixture.whenStable();
    expect((fixture.nativeElement as HTMLElement).querySelector('echo-hidden-draft')).toBeNull();
  });

  it('sends at Enter, exactly what was written', async () => {
    await type('  two\n\tlines ');
    const event = await press('Enter');
    expect(sent).toEqual(['  two\n\tlines ']);
    expect(event.defaultPrevented).toBe(true);
  });

  it('is empty after sending, even when all of it happens between two renders', async () => {
    fixture.componentRef.setInput('text', '');
    box().value = 'quick';
    box().dispatchEvent(new Event('input'));
    await press('Enter');
    expect(sent).toEqual(['quick']);
    expect(box().value).toBe('');
  });

  it('leaves Shift+Enter to the box, which begins a new line', async () => {
    await type('a');
    const event = await press('Enter', { shiftKey: true });
    expect(sent).toEqual([]);
    expect(event.defaultPrevented).toBe(false);
  });

  it.each([{ isComposing: true }, { keyCode: 229 }])('leaves Enter to an input method: %j', async (init) => {
    await type('にほん');
    const event = await press('Enter', init);
    expect(sent).toEqual([]);
    expect(event.defaultPrevented).toBe(false);
  });

  it.each([[''], [' \n '], ['x'.repeat(21)]])('does not send %j', async (text) => {
    fixture.componentRef.setInput('maxChars', 20);
    await type(text);
    await press('Enter');
    button().click();
    expect(sent).toEqual([]);
    expect(button().getAttribute('aria-disabled')).toBe('true');
  });

  it('keeps the text while a limit asks for patience, and sends it afterwards', async () => {
    fixture.componentRef.setInput('isHeld', true);
    await type('patient');
    await press('Enter');
    button().click();
    expect([sent, box().value, button().getAttribute('aria-disabled')]).toEqual([[], 'patient', 'true']);
    fixture.componentRef.setInput('isHeld', false);
    await press('Enter');
    expect(sent).toEqual(['patient']);
  });

  it('counts characters as people do, so that emoji fit up to the limit', async () => {
    fixture.componentRef.setInput('maxChars', 20);
    await type('😀'.repeat(20));
    await press('Enter');
    expect(sent).toHaveLength(1);
  });

  it('says why Send is off, where the button points to', async () => {
    fixture.componentRef.setInput('maxChars', 20);
    await type('x'.repeat(25));
    expect(button().getAttribute('aria-describedby')).toBe('composer-notes');
    expect(notes()).toContain('25 of 20 characters: shorten it by 5');
    expect(box().getAttribute('aria-invalid')).toBe('true');
  });

  it('counts near the limit only', async () => {
    fixture.componentRef.setInput('maxChars', 20);
    await type('x'.repeat(17));
    expect(notes()).toBe('');
    await type('x'.repeat(18));
    expect(notes()).toBe('18 of 20 characters, about 5 tokens');
  });

  it('repairs a text with a character that cannot be stored', async () => {
    fixture.componentRef.setInput('text', 'a\u0000b');
    await fixture.whenStable();
    expect(notes()).toContain('NUL character');
    (fixture.nativeElement.querySelector('.notes button') as HTMLButtonElement).click();
    await fixture.whenStable();
    expect(fixture.componentInstance.text()).toBe('ab');
    expect(button().getAttribute('aria-disabled')).toBeNull();
  });

  describe('while an answer is written', () => {
    beforeEach(async () => {
      await type('next');
      button().focus();
      fixture.componentRef.setInput('isBusy', true);
      await fixture.whenStable();
    });

    it('has Stop in the place of Send, with the focus kept', () => {
      expect(button().getAttribute('aria-label')).toBe('Stop');
      expect(document.activeElement).toBe(button());
    });

    it('stops at a click and gives the focus to the box', () => {
      button().click();
      expect(stopped).toBe(1);
      expect(document.activeElement).toBe(box());
    });

    it('does not take the second click of a double click on Send for Stop', () => {
      button().dispatchEvent(new MouseEvent('click', { detail: 2, bubbles: true }));
      expect(stopped).toBe(0);
    });

    it('sends nothing at Enter and keeps what is written', async () => {
      await press('Enter');
      expect(sent).toEqual([]);
      expect(box().value).toBe('next');
    });
  });

  it('asks for the last message at the arrow up, in an empty box only', async () => {
    await type('text');
    await press('ArrowUp');
    expect(edits).toBe(0);
    await type('');
    await press('ArrowUp');
    expect(edits).toBe(1);
  });
});
