import { usageRangeOf } from './usage-range';

const NOW = new Date('2026-03-01T23:59:00Z');

describe('the days of a usage report', () => {
  it('are the last thirty unless others are asked for', () => {
    expect(usageRangeOf({}, NOW)).toEqual({ from: '2026-01-31', to: '2026-03-01' });
    expect(usageRangeOf({ to: '2026-02-01' }, NOW)).toEqual({ from: '2026-01-03', to: '2026-02-01' });
    expect(usageRangeOf({ from: '2026-02-28' }, NOW)).toEqual({ from: '2026-02-28', to: '2026-03-01' });
    expect(usageRangeOf({ from: '2024-02-29', to: '2024-02-29' }, NOW)).toEqual({ from: '2024-02-29', to: '2024-02-29' });
  });

  it.each([
    [{ from: '2026-02-30' }, 'Give a day'],
    [{ to: 'yesterday' }, 'Give a day'],
    [{ to: ['2026-01-01', '2026-01-02'] }, 'once'],
    [{ from: '2026-03-02' }, 'come before'],
    [{ from: '2025-02-28' }, 'at most 366'],
  ])('are refused as %j', (query, sentence) => {
    expect(() => usageRangeOf(query, NOW)).toThrow(sentence);
  });
});
