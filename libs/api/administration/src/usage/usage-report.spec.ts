import { type LedgerSum } from '@echo/api-persistence';
import { teamUsageReport, usageReport } from './usage-report';

const RANGE = { from: '2026-01-01', to: '2026-01-31' };
const sum = (more: Partial<LedgerSum>): LedgerSum => ({
  day: null,
  provider: null,
  model: null,
  ownerId: null,
  currency: 'USD',
  runs: 1,
  inputTokens: 10,
  outputTokens: 2,
  cachedTokens: 1,
  reasoningTokens: 1,
  estimatedRuns: 0,
  amount: 0.5,
  ...more,
});

describe('a usage report', () => {
  it('is empty where nothing was used', () => {
    const total = {
      runs: 0,
      input_tokens: 0,
      output_tokens: 0,
      cached_tokens: 0,
      reasoning_tokens: 0,
      estimated_runs: 0,
      unpriced_runs: 0,
    };
    expect(usageReport(RANGE, [])).toEqual({ ...RANGE, total: { ...total, costs: [] }, days: [], models: [] });
  });

  it('adds tokens over currencies and keeps costs apart; what has no price is counted', () => {
    const { total } = usageReport(RANGE, [sum({}), sum({ currency: 'EUR', amount: 2 }), sum({ currency: null, amount: 0, runs: 3 })]);
    expect(total).toMatchObject({ runs: 5, input_tokens: 30, output_tokens: 6, unpriced_runs: 3 });
    expect(total.costs).toEqual([
      { amount: 0.5, currency: 'USD' },
      { amount: 2, currency: 'EUR' },
    ]);
  });

  it('has days in their order, and models by their output', () => {
    const report = usageReport(RANGE, [
      sum({ day: '2026-01-03' }),
      sum({ day: '2026-01-02' }),
      sum({ day: '2026-01-03', currency: null, runs: 2 }),
      sum({ provider: 'a', model: 'm' }),
      sum({ provider: 'b', model: 'm', outputTokens: 9 }),
    ]);
    expect(report.days.map(({ day, runs }) => [day, runs])).toEqual([
      ['2026-01-02', 1],
      ['2026-01-03', 3],
    ]);
    expect(report.models.map(({ provider, model }) => `${provider}/${model}`)).toEqual(['b/m', 'a/m']);
  });

  it('names people, and leaves those without an account unnamed', () => {
    const { users, models } = teamUsageReport(
      RANGE,
      [sum({ ownerId: '1' }), sum({ ownerId: '2', outputTokens: 5 })],
      [{ id: '1', name: 'Ada', email: 'ada@example.org' }],
    );
    expect(users.map(({ user_id, name, email }) => [user_id, name, email])).toEqual([
      ['2', null, null],
      ['1', 'Ada', 'ada@example.org'],
    ]);
    expect(models).toEqual([]);
  });
});
