import {
  type Cost,
  type FinishReason,
  type RunError,
  type RunErrorCode,
  type RunStatus,
  type SequencedEvent,
  type Usage,
} from '@echo/contract';
import { bodyOf } from './event.store';
import { FENCE, LIVE, RUN_CHANNEL } from './live.sql';

/** How a run ended, and the events that were not stored yet; the last one is the terminal event. */
export interface RunEnd {
  readonly status: Extract<RunStatus, 'completed' | 'stopped' | 'failed' | 'interrupted'>;
  readonly events: readonly SequencedEvent[];
  readonly finishReason: FinishReason | null;
  readonly usage: Usage;
  /** null when nobody knows the price. */
  readonly cost: Cost | null;
  readonly error: RunError | null;
  readonly usedProvider: string;
  readonly usedModel: string;
  /** Why another one answered than was asked for; null when that one did. */
  readonly fallbackReason: RunErrorCode | null;
  /** The newest message that the model was not given. */
  readonly memoryAfter: number | null;
  readonly firstContentAt: Date | null;
  /** The first text of the answer itself; null where none came, or nobody knows when. */
  readonly answerBeganAt: Date | null;
}

export interface EndedRun {
  /** false: this replica was declared dead; nothing was written. */
  readonly alive: boolean;
  /** false: it had ended before. */
  readonly ended: boolean;
}

// One statement, so that a process which is paused holds no locks. It does not see what it inserts: the message is joined from what is in the log and what
// comes now, and what is in both is the same row. Who stops an answer is looking at it. The ledger and the sums get their part only where the run really ended:
// a statement that is sent again books nothing twice.
const endRun = (fence: string): string => `
  with fence as (${fence}),
  added as (
    insert into run_event (run_id, seq, kind, body)
    select $2::uuid, e.* from fence, unnest($3::int[], $4::text[], $5::text[]) as e on conflict do nothing
  ),
  ended as (
    update run set status = $6, finish_reason = $7, usage = $8::jsonb, error = $9::jsonb, used_provider = $10, used_model = $11,
      last_seq = $12::int, first_content_at = $13::timestamptz, cost = $14::jsonb, fallback_reason = $15, memory_after = $16::bigint,
      answer_began_at = $17::timestamptz, finished_at = now()
    from fence where id = $2 and ${LIVE} returning message_id, conversation_id, owner_id, provider, model
  ),
  used as (
    select input_tokens, output_tokens, coalesce(cached_tokens, 0) as cached_tokens, coalesce(reasoning_tokens, 0) as reasoning_tokens,
      coalesce(estimated, false) as estimated, amount, currency
    from jsonb_to_record($8::jsonb) as u (input_tokens int, output_tokens int, cached_tokens int, reasoning_tokens int, estimated boolean),
      jsonb_to_record(coalesce($14::jsonb, '{}')) as c (amount numeric, currency text)
  ),
  booked as (
    insert into ledger (owner_id, run_id, conversation_id, asked_provider, asked_model, provider, model, outcome,
      input_tokens, output_tokens, cached_tokens, reasoning_tokens, estimated, cost, currency)
    select owner_id, $2, conversation_id, provider, model, $10, $11, $6, used.* from ended, used
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
  listed as (
    update conversation c set updated_at = now(), unread = $6 <> 'stopped', input_tokens = c.input_tokens + used.input_tokens,
      output_tokens = c.output_tokens + used.output_tokens, usage_estimated = usage_estimated or estimated,
      costs = case when amount is null then costs else costs || jsonb_build_object(currency, coalesce((costs ->> currency)::numeric, 0) + amount) end
    from ended, used where id = ended.conversation_id
  ),
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
    end.cost,
    end.fallbackReason,
    end.memoryAfter,
    end.answerBeganAt,
  ];
}
