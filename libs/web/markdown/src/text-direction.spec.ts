import { type Inline } from './nodes';
import { directionOf } from './text-direction';

const text = (words: string): Inline => ({ kind: 'text', text: words });

describe('directionOf', () => {
  it.each([
    ['Arabic', 'الاسم', 'rtl'],
    ['Hebrew after figures and signs', '12. – «שם»', 'rtl'],
    ['Latin before Hebrew', 'Name שם', 'ltr'],
    ['Chinese', '名字', 'ltr'],
    ['Adlam, beyond the first plane', '𞤀𞤣', 'rtl'],
  ])('goes by the first letter: %s', (_what, words, direction) => {
    expect(directionOf([[text(words)]])).toBe(direction);
  });

  it('looks into what is formatted, and not at code', () => {
    expect(
      directionOf([
        [
          { kind: 'code', text: 'id' },
          { kind: 'strong', children: [text('1 '), text('שם')] },
        ],
      ]),
    ).toBe('rtl');
  });

  it('looks on where there is no letter', () => {
    expect(directionOf([[text('1')], [], [text('שם')]])).toBe('rtl');
    expect(directionOf([[text('1')], [text('–')]])).toBeUndefined();
  });
});
