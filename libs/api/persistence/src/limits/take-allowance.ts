import { type Allowance } from '@echo/contract';
import { AllowanceSpentError } from '../errors';
import { type Ask, the } from '../stores/ask';
import { LIVE } from '../stores/live.sql';

/** What one person may do, whichever replica they meet. */
export interface PersonalLimits {
  /** Tells a person's own messages from those of each of their keys. */
  readonly bucket: string;
  readonly messagesPerMinute: number;
  readonly maxLiveRuns: number;
}

/** How they stand. */
export interface AllowanceRow {
  /** Runs that are being made, but those that were told to stop. */
  readonly live: number;
  /** Messages of the running minute; null: none. */
  readonly used: number | null;
  /** Until it is over. */
  readonly seconds: number | null;
}

/** Two of one person wait for each other here, so that each sees what the other was given. */
const LOCK = `select pg_advisory_xact_lock(4207004, hashtext($1))`;

const LIVE_RUNS = `select count(*)::int from run where owner_id = $1 and ${LIVE} and stop_requested_at is null`;
const OVER = `a.since <= statement_timestamp() - interval '1 minute'`;
const SECONDS = `greatest(1, ceil(extract(epoch from a.since + interval '1 minute' - statement_timestamp())))::int`;

/** How the person $1 stands in the bucket $2. */
export const STANDING = `
  select (${LIVE_RUNS}) as live, a.used, ${SECONDS} as seconds
  from (values (1)) as one left join message_allowance a on a.owner_id = $1 and a.bucket = $2 and not (${OVER})`;

const TAKE = `
  with taken as (
    insert into message_allowance as a (owner_id, bucket, used, since) values ($1, $2, 1, statement_timestamp())
    on conflict (owner_id, bucket) do update set
      used = case when ${OVER} then 1 else a.used + 1 end, since = case when ${OVER} then statement_timestamp() else a.since end
    where ${OVER} or a.used < $3 returning used, since
  ) select (${LIVE_RUNS}) as live, a.used, ${SECONDS} as seconds from (values (1)) as one left join taken a on true`;

/**
 * Takes one message and one live run from what the person may have; in a transaction, so that whatever fails later gives both back. Throws
 * `AllowanceSpentError`.
 */
export async function takeAllowance(ask: Ask, ownerId: string, limits: PersonalLimits): Promise<readonly Allowance[]> {
  await ask(LOCK, [ownerId]);
  const taken = the((await ask<AllowanceRow>(TAKE, [ownerId, limits.bucket, limits.messagesPerMinute]))[0]);
  if (taken.live >= limits.maxLiveRuns) throw new AllowanceSpentError('live_runs', limits.maxLiveRuns);
  if (taken.used === null) {
    const [standing] = await ask<AllowanceRow>(STANDING, [ownerId, limits.bucket]);
    throw new AllowanceSpentError('messages', limits.messagesPerMinute, standing?.seconds ?? undefined);
  }
  return allowancesOf(limits, { ...taken, live: taken.live + 1 });
}

export function allowancesOf(
  { messagesPerMinute, maxLiveRuns }: PersonalLimits,
  { live, used, seconds }: AllowanceRow,
): readonly Allowance[] {
  return [
    {
      name: 'messages',
      limit: messagesPerMinute,
      remaining: Math.max(0, messagesPerMinute - (used ?? 0)),
      reset_seconds: used === null ? 0 : (seconds ?? 0),
    },
    { name: 'live_runs', limit: maxLiveRuns, remaining: Math.max(0, maxLiveRuns - live), reset_seconds: 0 },
  ];
}
