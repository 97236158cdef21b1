import { TextCleaner } from './text-cleaner';

describe('TextCleaner', () => {
  const whole = 'a\u0000😀\ud83d\udc69 \udc00x\ud800y\ud83d';

  it('makes the same text of any split', () => {
    const expected = 'a\ufffd😀👩 \ufffdx\ufffdy\ufffd';
    for (let first = 0; first <= whole.length; first++) {
      for (let second = first; second <= whole.length; second++) {
        const cleaner = new TextCleaner();
        const pieces = [whole.slice(0, first), whole.slice(first, second), whole.slice(second)];
        const clean = pieces.map((piece) => cleaner.push(piece)).join('') + cleaner.flush();
        expect([first, second, clean]).toEqual([first, second, expected]);
      }
    }
  });

  it('never hands out half a pair', () => {
    const cleaner = new TextCleaner();
    expect([cleaner.push('a\ud83d'), cleaner.push(''), cleaner.push('\ude00b'), cleaner.flush()]).toEqual(['a', '', '😀b', '']);
  });
});
