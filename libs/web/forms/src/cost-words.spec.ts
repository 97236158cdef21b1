import { costWords } from './cost-words';

describe('costWords', () => {
  it.each([
    [0, 'USD', '$0.00'],
    [0.00000012, 'USD', 'less than $0.0001'],
    [0.0042, 'USD', '$0.0042'],
    [0.5, 'EUR', '€0.50'],
    [1234.567, 'USD', '$1,234.57'],
    [0.25, 'credits', '0.2500 credits'],
  ])('says of %s %s: %s', (amount, currency, words) => expect(costWords({ amount, currency })).toBe(words));
});
