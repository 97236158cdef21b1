import { type RunErrorCode, type StartEvent, type StatusEvent, type Usage } from '@echo/contract';
import { type Ask } from './ask';
import { LIVE } from './live.sql';

/** Who was answering, and what it knew. */
export interface Answering {
  readonly usedProvider: string;
  readonly usedModel: string;
  readonly fallbackReason: RunErrorCode | null;
  readonly memoryAfter: number | null;
}

/** A run that nobody makes any more, as its log tells it. */
export interface LeftRun extends Answering {
  /** The number of the event that ends it. */
  readonly seq: number;
  /** Whether some of the answer's text came. */
  readonly partial: boolean;
  /** A guess: four bytes of UTF-8 are about one token. */
  readonly usage: Usage;
  readonly firstContentAt: Date | null;
}

interface Row {
  readonly provider: string;
  readonly model: string;
  readonly firstContentAt: Date | null;
  readonly seq: number;
  readonly partial: boolean;
  readonly outputTokens: number;
  readonly start: string | null;
  readonly fallback: string | null;
}

const LEFT = `
  select r.provider, r.model, r.first_content_at as "firstContentAt", log.* from (select * from run where id = $1 and ${LIVE} for update) as r,
  lateral (
    select coalesce(max(seq), 0) + 1 as seq, coalesce(bool_or(kind = 'content'), false) as partial,
      ceil(coalesce(sum(octet_length(body)) filter (where kind in ('content', 'reasoning')), 0) / 4.0)::int as "outputTokens",
      min(body) filter (where kind = 'start') as start,
      (array_agg(body order by seq desc) filter (where case kind when 'status' then body::json ->> 'status' end = 'fallback'))[1] as fallback
    from run_event where run_id = $1
  ) as log`;

// What the model read: the system prompt, and the branch down to the answer, as far back as its memory goes.
const INPUT = `
  with recursive branch as (
    select m.id, m.parent_id, 0 as bytes from message m join run r on r.message_id = m.id where r.id = $1
    union all
    select m.id, m.parent_id, octet_length(m.content)
    from branch cross join lateral (select * from message where id = branch.parent_id and id > $2 limit 1) as m
  )
  select ceil((sum(bytes) + coalesce(max(octet_length(c.system_prompt)), 0)) / 4.0)::int as tokens
  from branch, (select c.system_prompt from conversation c join run r on r.conversation_id = c.id where r.id = $1) as c`;

/** The run `runId`, locked; undefined when it has ended. */
export async function readLeftRun(ask: Ask, runId: string): Promise<LeftRun | undefined> {
  const row = (await ask<Row>(LEFT, [runId]))[0];
  if (!row) return undefined;
  const { seq, partial, firstContentAt, outputTokens } = row;
  const answering = answeringOf(row);
  const input = await ask<{ tokens: number }>(INPUT, [runId, answering.memoryAfter ?? 0]);
  const usage: Usage = { input_tokens: input[0]?.tokens ?? 0, output_tokens: outputTokens, estimated: true };
  return { ...answering, seq, partial, usage, firstContentAt };
}

/** Both events were written by us. */
function answeringOf({ provider, model, start, fallback }: Row): Answering {
  if (fallback === null) {
    const memoryAfter = start === null ? null : ((JSON.parse(start) as StartEvent).memory_after ?? null);
    return { usedProvider: provider, usedModel: model, fallbackReason: null, memoryAfter };
  }
  const { model: name = '', reason, memory_after } = JSON.parse(fallback) as StatusEvent;
  const slash = name.indexOf('/');
  return {
    usedProvider: name.slice(0, slash),
    usedModel: name.slice(slash + 1),
    fallbackReason: reason ?? 'internal_error',
    memoryAfter: memory_after ?? null,
  };
}
