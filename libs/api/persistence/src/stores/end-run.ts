import { type FinishReason, type RunError, type RunStatus, type SequencedEvent, type Usage } from '@echo/contract';
import { bodyOf } from './event.store';
import { FENCE, LIVE, RUN_CHANNEL } from './live.sql';

/** How a run ended, and the events that were not stored yet; the last one is the terminal event. */
export interface RunEnd {
  readonly status: Extract<RunStatus, 'completed' | 'stopped' | 'failed' | 'interrupted'>;
  readonly events: readonly SequencedEvent[];
  readonly finishReason: FinishReason | null;
  readonly usage: Usage | null;
  readonly error: RunError | null;
  readonly usedProvider: string;
  readonly usedModel: string;
  readonly firstContentAt: Date | null;
}

export interface EndedRun {
  /** false: this replica was declared dead; nothing was written. */
  readonly alive: boolean;
  /** false: it had ended before. */
  readonly ended: boolean;
}

// One statement, so that a process which is paused holds no locks. It does not see what it inserts: the message is joined from what is in the log and what
// comes now, and what is in both is the same row. Who stops an answer is looking at it.
const endRun = (fence: string): string => `
  with fence as (${fence}),
  added as (
    insert into run_event (run_id, seq, kind, body)
    select $2::uuid, e.* from fence, unnest($3::int[], $4::text[], $5::text[]) as e on conflict do nothing
  ),
  ended as (
    update run set status = $6, finish_reason = $7, usage = $8::jsonb, error = $9::jsonb, used_provider = $10, used_model = $11,
      last_seq = $12::int, first_content_at = $13::timestamptz, finished_at = now()
    from fence where id = $2 and ${LIVE} returning message_id, conversation_id
  ),
  said as (
    select kind, string_agg(body, '' order by seq) as text from (
      select seq, kind, body from run_event where run_id = $2 union select * from unnest($3::int[], $4::text[], $5::text[])
    ) as e (seq, kind, body) where kind in ('content', 'reasoning') group by kind
  ),
  written as (
    update message set status = $6, finish_reason = $7, usage = $8::jsonb, error = $9::jsonb, provider = $10, model = $11,
      content = coalesce((select text from said where kind = 'content'), ''), reasoning = (select text from said where kind = 'reasoning')
    from ended where id = ended.message_id
  ),
  listed as (update conversation set updated_at = now(), unread = $6 <> 'stopped' from ended where id = ended.conversation_id),
  told as (select pg_notify('${RUN_CHANNEL}', coalesce($1::text, $2::text)) from ended)
  select exists (select 1 from fence) as alive, exists (select 1 from ended) as ended, (select count(*) from told) as told`;

/** For a replica that ends a run of its own. */
export const END_OWN_RUN = endRun(FENCE);
/** For whoever ends a run that nobody makes; the replica's id is null. */
export const END_LEFT_RUN = endRun('select 1 where $1::uuid is null');

/** The parameters of both. */
export function endParameters(replicaId: string | null, runId: string, end: RunEnd): unknown[] {
  return [
    replicaId,
    runId,
    end.events.map((each) => each.seq),
    end.events.map((each) => each.event.type),
    end.events.map((each) => bodyOf(each.event)),
    end.status,
    end.finishReason,
    end.usage,
    end.error,
    end.usedProvider,
    end.usedModel,
    end.events.at(-1)?.seq ?? null,
    end.firstContentAt,
  ];
}
