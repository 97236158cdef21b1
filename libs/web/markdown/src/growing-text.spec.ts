import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { MarkdownView } from './markdown-view';
import { markup } from './testing/markup';
import { random } from './testing/random';

type View = ComponentFixture<MarkdownView>;

/** Draws what has arrived, in a new view where there is none. */
function draw(arrived: string, view = TestBed.createComponent(MarkdownView)): View {
  view.componentRef.setInput('text', arrived);
  view.componentRef.setInput('streaming', true);
  view.detectChanges();
  return view;
}

const elementOf = (view: View) => view.nativeElement as HTMLElement;
/** White space at the end of a text is not seen. */
const shown = (view: View) => [...elementOf(view).children].map((child) => markup(child).replace(/ +(?=<)/g, ''));

describe('a text that grows', () => {
  it('only adds to the last text when plain words or code come, before a caret that stays', () => {
    for (const [start, next] of [
      ['A **bold** start of', ' words'],
      ['- one\n- an item of', ' more, and'],
      ['> quoted words and', ' others'],
      ['| a head | b |\n|---|---|\n| some words here', ' and there'],
      ['```js\nlet a;\n  let b', ' = `c * d`;'],
    ] as const) {
      const view = draw(start);
      const element = elementOf(view);
      const caret = element.querySelector('.caret');
      const observer = new MutationObserver(() => undefined);
      observer.observe(element, { subtree: true, childList: true, attributes: true, characterData: true });
      draw(start + next, view);
      expect(observer.takeRecords().map(({ type, target }) => [type, target.nextSibling])).toEqual([['characterData', caret]]);
      expect(element.textContent).toContain(next);
      // What comes then is drawn as if it had come in one piece.
      const more = `${start}${next} *c* \n`;
      expect(shown(draw(more, view))).toEqual(shown(draw(more)));
      view.destroy();
    }
  });

  it('shows at every moment the elements that it would show had the text come in one piece', () => {
    const text =
      'Words come, **bold, and _both_ at once** or `code here`; a [link to it](https://a.example) too.\nA second line: 2 * 3 = 6, too.\n\n' +
      '- an item of some words\n- another\n  and a line more\n  1. an inner one, too\n- [x] a task of it\n\n> quoted words, and more\n\n' +
      '```js\nconst a = `b`;\n\n  // words in it\n``` no end\n```\n\n| the head | of it |\n|---|---|\n| some words here | more |\n| the end\n\n' +
      '  ```\n  let a = 1;\n    let b\n ~~~\n  ``\n  ```\n\nIt costs $5 and more. The end of it all';
    // Right after a fence has closed, the caret may stand in it or below.
    const words = (view: View) =>
      shown(view)
        .join('')
        .replace(/<span[^>]* class="caret"><\/span>/, '')
        .replace(/<p dir="auto"><\/p>$/, '');
    for (const seed of [1, 2, 3]) {
      const next = random(seed);
      const cut = draw('');
      for (let at = 0; at < text.length;) {
        at = Math.min(text.length, at + 1 + Math.floor(next() * 4 * seed));
        const arrived = text.slice(0, at);
        // What has begun a block of code is shown when its line has ended.
        if (/\n *```[^\n]*$/.test(arrived)) continue;
        const whole = draw(arrived);
        expect([arrived, words(draw(arrived, cut))]).toEqual([arrived, words(whole)]);
        whole.destroy();
      }
      cut.destroy();
    }
  });
});
