import { MAX_PART_LENGTH, OutputLimit } from './output-limit';

describe('the output limit', () => {
  const take = (limit: OutputLimit, text: string): string => [...limit.take(text)].join('');

  it('lets an answer of exactly the limit through', () => {
    const limit = new OutputLimit(5);
    expect([take(limit, 'abc'), take(limit, 'de'), limit.isPassed]).toEqual(['abc', 'de', false]);
  });

  it('cuts one character more', () => {
    const limit = new OutputLimit(5);
    expect([take(limit, 'abc'), take(limit, 'def'), limit.isPassed]).toEqual(['abc', 'de', true]);
  });

  it('counts code points', () => {
    const limit = new OutputLimit(3);
    expect([take(limit, '😀😀'), take(limit, '😀😀')]).toEqual(['😀😀', '😀']);
  });

  it('cuts a long text into pieces that split no pair', () => {
    const long = 'a' + '😀'.repeat(MAX_PART_LENGTH);
    const pieces = [...new OutputLimit(1_000_000).take(long)];
    expect([pieces.join('') === long, pieces.length]).toEqual([true, 3]);
    for (const piece of pieces) {
      expect(piece.length).toBeLessThanOrEqual(MAX_PART_LENGTH);
      expect(/\p{Cs}/u.test(piece)).toBe(false);
    }
  });
});
