import { ReplicaFencedError } from '../errors';
import { type Ask, the } from './ask';
import { CLAIMED, claimParameters } from './claim-key';
import { type GivenMessage, type HistoryMessage } from './message.store';
import { findingsOf, type NewRun, startEvent } from './new-run';

// The key (where it is not claimed yet), the conversation (made where there is none), the question (where there is one), the answer, the run and its first
// event, or two where it begins with a text. The event's text is put together around the ids. The aggregate makes the question get its id first: messages
// are ordered by id. No row when another run has the key.
const WRITE_TURN = `
  with ${CLAIMED},
  allowed as (
    select 1 from fence where $3 is null or exists (select 1 from claimed)
  ), made as (
    insert into conversation (owner_id, title, provider, model) select $2, $14::text, $9::text, $10::text from allowed where $6::bigint is null
    returning id
  ), used as (
    update conversation set updated_at = now(), provider = $9, model = $10, archived_at = null, unread = false,
      title = case when title = '' then $14 else title end from allowed where id = $6
  ), place as (
    select coalesce($6, (select id from made)) as id from allowed
  ), question as (
    insert into message (conversation_id, parent_id, role, content, status, findings)
    select place.id, $7::bigint, 'user', $8::text, 'completed', $16::jsonb from place where $8 is not null returning id
  ), answer as (
    insert into message (conversation_id, parent_id, role, status, provider, model)
    select place.id, coalesce(asked.id, $7::bigint), 'assistant', 'connecting', $9, $10
    from place, (select max(id) as id from question) as asked returning id, conversation_id
  ), started as (
    insert into run (id, message_id, conversation_id, owner_id, replica_id, status, provider, model)
    select $5, id, conversation_id, $2, $1::uuid, 'connecting', $9, $10 from answer
  ), said as (
    insert into run_event (run_id, seq, kind, body)
    select $5, 1, 'start', $11::text || conversation_id || $12::text || id || $13::text from answer
    union all select $5, 2, 'content', $15::text from allowed where $15 <> ''
  )
  select exists (select 1 from fence) as alive, id as "messageId", conversation_id as "conversationId" from (values (1)) as one left join answer on true`;

/** Where the turn is written. */
interface WrittenPlace {
  /** The message that the question, or where there is none, the answer comes after. */
  readonly parentId: number | null;
  /** The question to store; null where the answered message is stored already. */
  readonly prompt: string | null;
  /** What the answer begins with. */
  readonly prefix: string;
  /** Null: a new one. */
  readonly conversationId: number | null;
  /** The newest message that does not fit into the model's context. */
  readonly memoryAfter: number | null;
}

interface Written {
  readonly conversationId: number;
  readonly messageId: number;
}

/**
 * Stores what the person said, the empty answer, the run and its first event, and claims the key of `idempotency`. Undefined: another run has it. Throws
 * `ReplicaFencedError`.
 */
export async function writeTurn(
  ask: Ask,
  run: NewRun,
  idempotency: NewRun['idempotency'],
  place: WrittenPlace,
): Promise<Written | undefined> {
  const rows = await ask<Written & { alive: boolean; messageId: number | null }>(WRITE_TURN, [
    ...claimParameters(run, idempotency),
    place.conversationId,
    place.parentId,
    place.prompt,
    run.provider,
    run.model,
    ...aroundIds(run, place.memoryAfter),
    run.title,
    place.prefix,
    jsonOf(findingsOf(run)),
  ]);
  const { alive, ...written } = the(rows[0]);
  if (!alive) throw new ReplicaFencedError();
  return written.messageId === null ? undefined : written;
}

/** The `start` event as JSON, in three parts: before, between and after the ids that the database has yet to give. */
function aroundIds(run: NewRun, memoryAfter: number | null): string[] {
  return JSON.stringify(startEvent(run, 0, 0, memoryAfter)).split(/(?<="conversation_id":)0(?=,)|(?<="message_id":)0(?=,)/, 3);
}

/** Stores the messages of an exchange that came before the question, in a new conversation. */
export async function writeExchange(
  ask: Ask,
  run: NewRun,
  messages: readonly GivenMessage[],
): Promise<{ readonly conversationId: number; readonly parentId: number | null; readonly messages: readonly HistoryMessage[] }> {
  const made = await ask<{ id: number }>(
    'insert into conversation (owner_id, title, provider, model) values ($1, $2, $3, $4) returning id',
    [run.ownerId, run.title, run.provider, run.model],
  );
  const conversationId = the(made[0]).id;
  const written: HistoryMessage[] = [];
  for (const { role, content, findings } of messages) {
    const rows: { id: number }[] = await ask<{ id: number }>(
      `insert into message (conversation_id, parent_id, role, content, status, findings) values ($1, $2, $3, $4, 'completed', $5) returning id`,
      [conversationId, written.at(-1)?.id ?? null, role, content, jsonOf(findings)],
    );
    written.push({ id: the(rows[0]).id, role, content });
  }
  return { conversationId, parentId: written.at(-1)?.id ?? null, messages: written };
}

/** As a parameter: a bare object would do, null must stay null. */
function jsonOf(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}
