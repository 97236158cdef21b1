import { Injectable } from '@nestjs/common';
import { Database } from '../database';

export interface LedgerFilter {
  /** `2026-01-31`, in UTC; both days are included. */
  readonly from: string;
  readonly to: string;
  /** Absent: everybody's. */
  readonly ownerId?: string;
}

/** What the runs of one group took; one row for each currency that they were paid in. Of the names only those are set that make the group. */
export interface LedgerSum {
  readonly day: string | null;
  readonly provider: string | null;
  readonly model: string | null;
  readonly ownerId: string | null;
  /** Null for those whose price nobody knew. */
  readonly currency: string | null;
  readonly runs: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedTokens: number;
  readonly reasoningTokens: number;
  readonly estimatedRuns: number;
  readonly amount: number;
}

export interface LedgerUser {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
}

// All reports in one reading: each row belongs to the total, to its day, to its model and to its person.
const SUMS = `
  select day, provider, model, owner_id as "ownerId", currency, count(*)::int as runs,
    sum(input_tokens)::bigint as "inputTokens", sum(output_tokens)::bigint as "outputTokens", sum(cached_tokens)::bigint as "cachedTokens",
    sum(reasoning_tokens)::bigint as "reasoningTokens", count(*) filter (where estimated)::int as "estimatedRuns", coalesce(sum(cost), 0)::float8 as amount
  from (select *, to_char(at at time zone 'utc', 'YYYY-MM-DD') as day from ledger) as l
  where at >= $1::timestamptz and at < $2::timestamptz + interval '1 day' and ($3::uuid is null or owner_id = $3)
  group by grouping sets ((currency), (currency, day), (currency, provider, model), (currency, owner_id))`;

/** What runs took and cost. Rows are written by the statement that ends a run, and by nobody else. */
@Injectable()
export class LedgerStore {
  constructor(private readonly database: Database) {}

  /** Sums over all, by day, by model and by person. */
  async sums({ from, to, ownerId }: LedgerFilter): Promise<LedgerSum[]> {
    return this.database.query<LedgerSum>(SUMS, [`${from}T00:00:00Z`, `${to}T00:00:00Z`, ownerId ?? null]);
  }

  /** Those of the people who still have an account. */
  async users(ids: readonly string[]): Promise<LedgerUser[]> {
    return this.database.query<LedgerUser>('select id, name, email from app_user where id = any($1::uuid[])', [ids]);
  }
}
