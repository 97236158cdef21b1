import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { MarkdownView } from './markdown-view';

describe('a code block', () => {
  let fixture: ComponentFixture<MarkdownView>;
  beforeEach(() => (fixture = TestBed.createComponent(MarkdownView)));
  afterEach(() => {
    jest.useRealTimers();
    Reflect.deleteProperty(navigator, 'clipboard');
    Reflect.deleteProperty(document, 'execCommand');
  });

  async function show(text: string, streaming = false): Promise<HTMLElement> {
    fixture.componentRef.setInput('text', text);
    fixture.componentRef.setInput('streaming', streaming);
    await fixture.whenStable();
    return fixture.nativeElement as HTMLElement;
  }

  async function press(): Promise<HTMLButtonElement> {
    const button = (fixture.nativeElement as HTMLElement).querySelector<HTMLButtonElement>('button.copy');
    if (!button) throw new Error('There is no button.');
    button.click();
    await fixture.whenStable();
    // The clipboard answers in a later microtask than the click.
    await Promise.resolve();
    await fixture.whenStable();
    return button;
  }

  it('is highlighted once it is settled', async () => {
    const open = await show('```js\nconst a = 1;', true);
    expect(open.querySelector('pre')?.textContent).toBe('const a = 1;');
    expect(open.querySelector('pre span:not(.caret)')).toBeNull();
    const settled = await show('```js\nconst a = 1;\n```\n\nx', true);
    expect(settled.querySelector('.hljs-keyword')?.textContent).toBe('const');
    expect(settled.querySelector('pre')?.textContent).toBe('const a = 1;');
  });

  it('is highlighted as a whole where its last lines come together with its end', async () => {
    await show('Code:\n\n```js\nconst a = 1;\n', true);
    const settled = await show('Code:\n\n```js\nconst a = 1;\nconst b = 2;\n```\n\nx', true);
    expect([...settled.querySelectorAll('.hljs-keyword')].map(({ textContent }) => textContent)).toEqual(['const', 'const']);
    expect(settled.querySelector('pre')?.textContent).toBe('const a = 1;\nconst b = 2;');
  });

  it('is shown plain in a language that nobody knows', async () => {
    const element = await show('```klingon\nconst a = 1;\n```');
    expect(element.querySelector('.language')?.textContent).toBe('klingon');
    expect(element.querySelector('code')?.innerHTML).toBe('const a = 1;');
  });

  it('is shown plain when it is very long', async () => {
    const element = await show('```js\n' + 'const a = 1;\n'.repeat(3_000) + '```');
    expect(element.querySelector('code span')).toBeNull();
  });

  it('scrolls by keyboard and has a name', async () => {
    const pre = (await show('```js\na\n```')).querySelector('pre');
    expect(pre?.getAttribute('tabindex')).toBe('0');
    expect(pre?.getAttribute('aria-label')).toBe('Code, js');
  });

  it('wraps its lines on demand', async () => {
    const element = await show('```js\nconst a = 1;\n```');
    const button = element.querySelector<HTMLButtonElement>('button[aria-label="Wrap lines"]');
    expect(button?.getAttribute('aria-pressed')).toBe('false');
    button?.click();
    await fixture.whenStable();
    expect(button?.getAttribute('aria-pressed')).toBe('true');
    expect(element.querySelector('pre')?.className).toBe('wraps');
  });

  it('copies its code, and says so for a while', async () => {
    const writeText = jest.fn<Promise<void>, [string]>(() => Promise.resolve());
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } });
    const element = await show('```js\nconst a = "<b>";\n\nlast\n```');
    expect(element.querySelector<HTMLButtonElement>('button.copy')?.getAttribute('aria-label')).toBe('Copy code');
    jest.useFakeTimers();
    const button = element.querySelector<HTMLButtonElement>('button.copy');
    button?.click();
    await Promise.resolve();
    await Promise.resolve();
    fixture.detectChanges();
    expect(writeText).toHaveBeenCalledWith('const a = "<b>";\n\nlast');
    expect(button?.textContent).toBe('Copied');
    jest.advanceTimersByTime(2_000);
    fixture.detectChanges();
    expect(button?.textContent).toBe('Copy');
  });

  it.each(['absent', 'refused'])('copies by a selection where the clipboard is %s', async (clipboard) => {
    if (clipboard === 'refused') {
      Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: () => Promise.reject(new Error('no')) } });
    }
    let selected = '';
    document.execCommand = () => {
      selected = (document.activeElement as HTMLTextAreaElement).value;
      return true;
    };
    document.body.append(await show('```\none\ntwo\n```'));
    (fixture.nativeElement as HTMLElement).querySelector<HTMLButtonElement>('button.copy')?.focus();
    const button = await press();
    expect(selected).toBe('one\ntwo');
    expect(button.textContent).toBe('Copied');
    expect(document.activeElement).toBe(button);
    expect(document.querySelector('textarea')).toBeNull();
  });

  it('says when it could not copy', async () => {
    document.execCommand = () => false;
    await show('```\none\n```');
    expect((await press()).textContent).toBe('Copy failed');
  });
});
