import { IdempotencyMismatchError, NotOwnedError, ReplicaFencedError } from '../errors';
import { type Ask, the } from './ask';
import { FENCE } from './live.sql';
import { conversationOf, type NewRun } from './new-run';

// A key older than a day is as good as new.
/** Makes sure that the replica $1 lives, and claims for the run $5 the key $3 of the owner $2, if there is one. */
export const CLAIMED = `
  fence as (${FENCE}),
  claimed as (
    insert into idempotency as old (owner_id, key, request_hash, run_id) select $2::uuid, $3::text, $4::text, $5::uuid from fence where $3 is not null
    on conflict (owner_id, key) do update set request_hash = excluded.request_hash, run_id = excluded.run_id, created_at = now()
      where old.created_at < now() - interval '24 hours' returning 1
  )`;

// The lock comes last: it depends on the claim, so that requests under one key never wait for each other crosswise.
const CLAIM = `
  with ${CLAIMED},
  locked as (
    select 1 from conversation, (select count(*) as keys from claimed) as claims
    where owner_id = $2 and id = $6::bigint and (keys = 1 or $3 is null) for update of conversation
  )
  select exists (select 1 from fence) as alive, exists (select 1 from claimed) as claimed, exists (select 1 from locked) as locked`;

/** The parameters with which both statements that claim begin. */
export function claimParameters({ replicaId, ownerId, id }: NewRun, idempotency: NewRun['idempotency']): unknown[] {
  return [replicaId, ownerId, idempotency?.key ?? null, idempotency?.requestHash ?? null, id];
}

/**
 * Makes sure that this replica lives, claims the key for this run and locks its conversation, or tells which run has the key. Waits for a request under the same
 * key that is being accepted now.
 */
export async function claim(ask: Ask, run: NewRun): Promise<string | undefined> {
  const conversationId = conversationOf(run);
  const { alive, claimed, locked } = the(
    (
      await ask<{ alive: boolean; claimed: boolean; locked: boolean }>(CLAIM, [
        ...claimParameters(run, run.idempotency),
        conversationId ?? null,
      ])
    )[0],
  );
  if (!alive) throw new ReplicaFencedError();
  if (run.idempotency && !claimed) return claimant(ask, run);
  if (conversationId !== undefined && !locked) throw new NotOwnedError('conversation');
  return undefined;
}

/** The run that has the key already. Throws `IdempotencyMismatchError` when it answers another request. */
export async function claimant(ask: Ask, { ownerId, idempotency }: NewRun): Promise<string> {
  const [earlier] = await ask<{ request_hash: string; run_id: string }>(
    'select request_hash, run_id from idempotency where owner_id = $1 and key = $2',
    [ownerId, idempotency?.key],
  );
  if (earlier?.request_hash !== idempotency?.requestHash) throw new IdempotencyMismatchError();
  return the(earlier).run_id;
}
