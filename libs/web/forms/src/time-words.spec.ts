import { timeWords } from './time-words';

describe('timeWords', () => {
  const now = Date.parse('2026-11-23T12:00:00.000Z');

  it.each([
    ['2026-11-23T11:59:40.000Z', 'just now'],
    ['2026-11-23T11:57:00.000Z', '3 minutes ago'],
    ['2026-11-23T07:00:00.000Z', '5 hours ago'],
    ['2026-11-22T11:00:00.000Z', 'yesterday'],
    ['2026-11-30T12:00:00.000Z', 'in 7 days'],
    ['2026-10-02T12:00:00.000Z', 'Oct 2, 2026'],
  ])('says of %s: %s', (iso, words) => {
    expect(timeWords(iso, now)).toBe(words);
  });
});
