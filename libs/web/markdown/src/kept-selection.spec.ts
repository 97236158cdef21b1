import { TestBed } from '@angular/core/testing';
import { MarkdownView } from './markdown-view';

const GUESSED = 'It costs $5, see [the list][1] of *all* prices; `code` and **more of it** follows';

describe('what a reader has selected', () => {
  const fixture = () => TestBed.createComponent(MarkdownView);

  async function show(view: ReturnType<typeof fixture>, text: string, streaming: boolean): Promise<HTMLElement> {
    view.componentRef.setInput('text', text);
    view.componentRef.setInput('streaming', streaming);
    await view.whenStable();
    return view.nativeElement as HTMLElement;
  }

  /** Selects `words`, which stand in one text. */
  function select(element: HTMLElement, words: string): Selection {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const at = (text as Text).data.indexOf(words);
      if (at >= 0) document.getSelection()?.setBaseAndExtent(text, at, text, at + words.length);
    }
    const selection = document.getSelection();
    if (selection?.toString() !== words) throw new Error(`There is no text ${words}.`);
    return selection;
  }

  it.each([
    ['in a paragraph that grows', 'Some clear words of it', 'clear', ' and **more** of them.\n\nAnother one'],
    [
      'in one whose text could mean several things',
      'It costs $5, whatever it is',
      'whatever',
      ' and *more* of [it](https://a.example), $6.\n\n- b',
    ],
    ['in one that becomes unclear', 'It is clear by now', 'clear', ', costs $5 and <b> more'],
    ['in a list', '- one item\n- two', 'one', ' of them\n\n  and a text\n- three'],
    ['in code, which is highlighted when it has ended', '```js\nconst a = 1;\nlet b', 'const a', ' = 2;\n```\n\nThe end'],
    ['in what ends', GUESSED, 'prices', ''],
  ])('stays selected %s', async (_, before, words, added) => {
    const view = fixture();
    const element = await show(view, before, true);
    document.body.append(element);
    const selection = select(element, words);
    for (let at = 1; at <= added.length; at++) {
      await show(view, before + added.slice(0, at), true);
      expect(selection.toString()).toBe(words);
    }
    await show(view, before + added, false);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await view.whenStable();
    expect(selection.toString()).toBe(words);
    if (before.startsWith('```')) expect(element.querySelector('pre span')).not.toBeNull();
    element.remove();
  });

  it('keeps its ends where only one of them is in what changes', async () => {
    const view = fixture();
    const element = await show(view, 'Words before\n\n```js\nconst a = 1;', true);
    document.body.append(element);
    const [words, code] = [element.querySelector('p')?.firstChild, element.querySelector('code')?.firstChild];
    if (!words || !code) throw new Error('The text is not there.');
    const selection = document.getSelection();
    selection?.setBaseAndExtent(words, 6, code, 7);
    await show(view, 'Words before\n\n```js\nconst a = 1;\n```\n', false);
    expect(element.querySelector('pre span')).not.toBeNull();
    expect(selection?.toString()).toMatch(/^before[^]*const a$/);
    element.remove();
  });
});
