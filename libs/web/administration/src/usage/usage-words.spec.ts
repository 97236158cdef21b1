import { type UsageSum } from '@echo/contract';
import { costsWords, count, dayWords, lastDays } from './usage-words';

const sum = (more: Partial<UsageSum>): UsageSum => ({
  runs: 1,
  input_tokens: 1,
  output_tokens: 1,
  cached_tokens: 0,
  reasoning_tokens: 0,
  estimated_runs: 0,
  unpriced_runs: 0,
  costs: [{ amount: 1.2, currency: 'USD' }],
  ...more,
});

describe('the words of usage', () => {
  it('count days back from today, in UTC', () => {
    expect(lastDays(7, Date.parse('2026-03-02T00:30:00Z'))).toEqual({ from: '2026-02-24', to: '2026-03-02' });
    expect(lastDays(1, Date.parse('2026-03-02T23:59:00Z'))).toEqual({ from: '2026-03-02', to: '2026-03-02' });
  });

  it('name a day as it is, wherever the reader is', () => {
    expect(dayWords('2026-03-01')).toBe('Mar 1, 2026');
    expect(count(1_234_567)).toBe('1,234,567');
  });

  it.each([
    [{}, '$1.20'],
    [{ costs: [] }, 'not known'],
    [{ runs: 0, costs: [] }, 'none'],
    [{ estimated_runs: 1 }, 'about $1.20'],
    [{ unpriced_runs: 2 }, 'at least $1.20'],
    [
      {
        costs: [
          { amount: 1.2, currency: 'USD' },
          { amount: 0.3, currency: 'EUR' },
        ],
      },
      '$1.20 + €0.30',
    ],
  ])('say of %j: %s', (more, words) => expect(costsWords(sum(more))).toBe(words));
});
