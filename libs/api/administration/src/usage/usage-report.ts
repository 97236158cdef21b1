import { type LedgerSum, type LedgerUser } from '@echo/api-persistence';
import { type TeamUsageReport, type UsageReport, type UsageSum } from '@echo/contract';
import { type UsageRange } from './usage-range';

const NOTHING: UsageSum = {
  runs: 0,
  input_tokens: 0,
  output_tokens: 0,
  cached_tokens: 0,
  reasoning_tokens: 0,
  estimated_runs: 0,
  unpriced_runs: 0,
  costs: [],
};

/** The sums of the ledger as the API shows them. */
export function usageReport(range: UsageRange, sums: readonly LedgerSum[]): UsageReport {
  const groups = Map.groupBy(sums, ({ day, provider, ownerId }) => {
    return day !== null ? 'days' : provider !== null ? 'models' : ownerId !== null ? 'users' : 'total';
  });
  const days = grouped(groups.get('days'), ({ day }) => ({ day: day ?? '' }));
  const models = grouped(groups.get('models'), ({ provider, model }) => ({ provider: provider ?? '', model: model ?? '' }));
  return {
    ...range,
    total: sumOf(groups.get('total') ?? []),
    days: days.sort((a, b) => a.day.localeCompare(b.day)),
    models: models.sort(byOutput),
  };
}

/** The same with the people, by name where they still have an account. */
export function teamUsageReport(range: UsageRange, sums: readonly LedgerSum[], known: readonly LedgerUser[]): TeamUsageReport {
  const people = new Map(known.map((user) => [user.id, user]));
  const owned = sums.filter(({ ownerId }) => ownerId !== null);
  const users = grouped(owned, ({ ownerId }) => {
    const { name = null, email = null } = people.get(ownerId ?? '') ?? {};
    return { user_id: ownerId ?? '', name, email };
  });
  return { ...usageReport(range, sums), users: users.sort(byOutput) };
}

/** One sum for all rows that `nameOf` names alike: they differ in their currency. */
function grouped<Name extends object>(rows: readonly LedgerSum[] = [], nameOf: (row: LedgerSum) => Name): (Name & UsageSum)[] {
  const groups = Map.groupBy(rows, (row) => JSON.stringify(nameOf(row)));
  return [...groups.values()].flatMap((group) => (group[0] === undefined ? [] : { ...nameOf(group[0]), ...sumOf(group) }));
}

function sumOf(rows: readonly LedgerSum[]): UsageSum {
  return rows.reduce<UsageSum>(
    (sum, row) => ({
      runs: sum.runs + row.runs,
      input_tokens: sum.input_tokens + row.inputTokens,
      output_tokens: sum.output_tokens + row.outputTokens,
      cached_tokens: sum.cached_tokens + row.cachedTokens,
      reasoning_tokens: sum.reasoning_tokens + row.reasoningTokens,
      estimated_runs: sum.estimated_runs + row.estimatedRuns,
      unpriced_runs: sum.unpriced_runs + (row.currency === null ? row.runs : 0),
      costs: row.currency === null ? sum.costs : [...sum.costs, { amount: row.amount, currency: row.currency }],
    }),
    NOTHING,
  );
}

function byOutput(a: UsageSum, b: UsageSum): number {
  return b.output_tokens - a.output_tokens;
}
