import { type StartEvent } from '@echo/contract';
import { type EntityManager } from 'typeorm';
import { IdempotencyMismatchError, NotOwnedError, ReplicaFencedError, RunInProgressError } from '../errors';
import { FENCE, LIVE } from './live.sql';
import { HISTORY, type HistoryMessage } from './message.store';

/** What is to be answered. */
export type Turn =
  | {
      readonly kind: 'prompt';
      /** Absent: a new conversation. */
      readonly conversationId: number | undefined;
      /** Absent: after the newest message; null: a new root. */
      readonly parentId: number | null | undefined;
      readonly prompt: string;
    }
  | { readonly kind: 'messages'; readonly messages: readonly HistoryMessage[] }
  /** Another answer beside the message `messageId` (or, for a user's message, below it). */
  | { readonly kind: 'regenerate'; readonly conversationId: number; readonly messageId: number }
  /** Another answer beside the answer `messageId`, that begins with its text. */
  | { readonly kind: 'continue'; readonly conversationId: number; readonly messageId: number };

export interface NewRun {
  readonly id: string;
  readonly ownerId: string;
  readonly replicaId: string;
  readonly provider: string;
  readonly model: string;
  /** Title of the conversation, should one be made. */
  readonly title: string;
  readonly turn: Turn;
  readonly idempotency: { readonly key: string; readonly requestHash: string } | undefined;
}

export type AcceptedRun =
  | {
      readonly existing: false;
      readonly start: StartEvent;
      /** What the answer begins with, stored as event 2; empty where it begins anew. */
      readonly prefix: string;
      /** Root to the message that is to be answered. */
      readonly history: readonly HistoryMessage[];
      readonly systemPrompt: string | null;
      readonly temperature: number | null;
    }
  | { readonly existing: true; readonly runId: string };

/** The accept transaction. What it stored is what the person was promised. Three statements: each one more would be waited for before the first byte. */
export async function acceptRun(manager: EntityManager, run: NewRun): Promise<AcceptedRun> {
  const earlier = await claim(manager, run);
  if (earlier) return { existing: true, runId: earlier };
  const place = await placeOf(manager, run);
  const history = await readHistory(manager, run, place);
  const { conversationId, messageId } = await writeTurn(manager, run, place);
  const { systemPrompt, temperature, prefix } = place;
  return { existing: false, start: startEvent(run, conversationId, messageId), prefix, history, systemPrompt, temperature };
}

function startEvent(run: NewRun, conversation_id: number, message_id: number): StartEvent {
  return { type: 'start', conversation_id, message_id, run_id: run.id, provider: run.provider, model: run.model };
}

/** The conversation that the turn belongs to; undefined for a new one. */
function conversationOf({ turn }: NewRun): number | undefined {
  return turn.kind === 'messages' ? undefined : turn.conversationId;
}

// The lock comes last: it depends on the claim, so that requests under one key never wait for each other crosswise. A key older than a day is as good as new.
const CLAIM = `
  with fence as (${FENCE}),
  claimed as (
    insert into idempotency as old (owner_id, key, request_hash, run_id) select $2::uuid, $3::text, $4::text, $5::uuid from fence where $3 is not null
    on conflict (owner_id, key) do update set request_hash = excluded.request_hash, run_id = excluded.run_id, created_at = now()
      where old.created_at < now() - interval '24 hours' returning 1
  ),
  locked as (
    select 1 from conversation, (select count(*) as keys from claimed) as claims
    where owner_id = $2 and id = $6::bigint and (keys = 1 or $3 is null) for update of conversation
  )
  select exists (select 1 from fence) as alive, exists (select 1 from claimed) as claimed, exists (select 1 from locked) as locked`;

/**
 * Makes sure that this replica lives, claims the key for this run and locks its conversation, or tells which run has the key. Waits for a request under the same
 * key that is being accepted now.
 */
async function claim(manager: EntityManager, run: NewRun): Promise<string | undefined> {
  const { key, requestHash } = run.idempotency ?? { key: null, requestHash: null };
  const conversationId = conversationOf(run);
  const rows: { alive: boolean; claimed: boolean; locked: boolean }[] = await manager.query(CLAIM, [
    run.replicaId,
    run.ownerId,
    key,
    requestHash,
    run.id,
    conversationId ?? null,
  ]);
  const { alive, claimed, locked } = the(rows[0]);
  if (!alive) throw new ReplicaFencedError();
  if (key !== null && !claimed) {
    const earlier: { request_hash: string; run_id: string }[] = await manager.query(
      'select request_hash, run_id from idempotency where owner_id = $1 and key = $2',
      [run.ownerId, key],
    );
    if (earlier[0]?.request_hash !== requestHash) throw new IdempotencyMismatchError();
    return earlier[0].run_id;
  }
  if (conversationId !== undefined && !locked) throw new NotOwnedError('conversation');
  return undefined;
}

/** Where the turn comes, and what its conversation is set to. */
interface Place {
  readonly systemPrompt: string | null;
  readonly temperature: number | null;
  /** The message that the question, or where there is none, the answer comes after. */
  readonly parentId: number | null;
  /** The question to store; null where the answered message is stored already. */
  readonly prompt: string | null;
  /** What the answer begins with. */
  readonly prefix: string;
}

interface PlaceRow {
  readonly systemPrompt: string | null;
  readonly temperature: number | null;
  readonly liveId: string | null;
  readonly isStopping: boolean | null;
  readonly messageId: number | null;
  readonly parentId: number | null;
  readonly role: string | null;
  readonly content: string | null;
}

// Seen after the lock was given: whatever was accepted before is among it. The message asked for, else the newest.
const PLACE = `
  select c.system_prompt as "systemPrompt", c.temperature, r.id as "liveId", r.stop_requested_at is not null as "isStopping",
    m.id as "messageId", m.parent_id as "parentId", m.role, case when $3 then m.content end as content
  from conversation c
  left join run r on r.conversation_id = c.id and r.${LIVE}
  left join lateral (
    select * from message where conversation_id = c.id and ($2::bigint is null or id = $2) order by id desc limit 1
  ) as m on true
  where c.id = $1`;

/** After which message the turn comes. Throws `RunInProgressError` and `NotOwnedError`. */
async function placeOf(manager: EntityManager, run: NewRun): Promise<Place> {
  const { turn } = run;
  const anew = { systemPrompt: null, temperature: null, parentId: null, prefix: '' };
  if (turn.kind === 'messages') {
    const last = the(turn.messages.at(-1));
    return { ...anew, prompt: last.content };
  }
  if (turn.kind === 'prompt' && turn.conversationId === undefined) return { ...anew, prompt: turn.prompt };
  const asked = turn.kind === 'prompt' ? turn.parentId : turn.messageId;
  const rows: PlaceRow[] = await manager.query(PLACE, [turn.conversationId, asked ?? null, turn.kind === 'continue']);
  const { liveId, isStopping, messageId, parentId, role, content, ...settings } = the(rows[0]);
  if (liveId !== null) throw new RunInProgressError(liveId, isStopping === true);
  if (asked !== null && asked !== undefined && messageId === null) throw new NotOwnedError('message');
  if (turn.kind === 'prompt') return { ...settings, parentId: asked === null ? null : messageId, prompt: turn.prompt, prefix: '' };
  const answered = role === 'user' ? messageId : parentId;
  if (answered === null) throw new NotOwnedError('message');
  return { ...settings, parentId: answered, prompt: null, prefix: content ?? '' };
}

/** Root to the message that is to be answered. What was given whole need not be read. */
async function readHistory(manager: EntityManager, { turn }: NewRun, place: Place): Promise<readonly HistoryMessage[]> {
  if (turn.kind === 'messages') return turn.messages;
  const asked: HistoryMessage[] = place.prompt === null ? [] : [{ role: 'user', content: place.prompt }];
  if (place.parentId === null) return asked;
  return [...(await manager.query<HistoryMessage[]>(HISTORY, [place.parentId])), ...asked];
}

// The conversation (made where there is none), the question (where there is one), the answer, the run and its first event, or two where it begins with a text.
// The event's text is put together around the ids. The aggregate makes the question get its id first: messages are ordered by id.
const WRITE_TURN = `
  with made as (
    insert into conversation (owner_id, title, provider, model) select $5::uuid, $12::text, $6::text, $7::text where $1::bigint is null returning id
  ), used as (
    update conversation set updated_at = now(), provider = $6, model = $7, archived_at = null, unread = false,
      title = case when title = '' then $12 else title end where id = $1
  ), place as (
    select coalesce($1::bigint, (select id from made)) as id
  ), question as (
    insert into message (conversation_id, parent_id, role, content, status)
    select place.id, $2::bigint, 'user', $3::text, 'completed' from place where $3 is not null returning id
  ), answer as (
    insert into message (conversation_id, parent_id, role, status, provider, model)
    select place.id, coalesce(asked.id, $2::bigint), 'assistant', 'connecting', $6, $7
    from place, (select max(id) as id from question) as asked returning id, conversation_id
  ), started as (
    insert into run (id, message_id, conversation_id, owner_id, replica_id, status, provider, model)
    select $4::uuid, id, conversation_id, $5, $8::uuid, 'connecting', $6, $7 from answer
  ), said as (
    insert into run_event (run_id, seq, kind, body)
    select $4, 1, 'start', $9::text || conversation_id || $10::text || id || $11::text from answer
    union all select $4, 2, 'content', $13::text where $13 <> ''
  )
  select id as "messageId", conversation_id as "conversationId" from answer`;

/** Stores what the person said, the empty answer, the run and its first event. */
async function writeTurn(
  manager: EntityManager,
  run: NewRun,
  { parentId, prompt, prefix }: Place,
): Promise<{ readonly conversationId: number; readonly messageId: number }> {
  const past = run.turn.kind === 'messages' ? await writeExchange(manager, run, run.turn.messages.slice(0, -1)) : undefined;
  const rows: { conversationId: number; messageId: number }[] = await manager.query(WRITE_TURN, [
    past?.conversationId ?? conversationOf(run) ?? null,
    past?.parentId ?? parentId,
    prompt,
    run.id,
    run.ownerId,
    run.provider,
    run.model,
    run.replicaId,
    ...aroundIds(run),
    run.title,
    prefix,
  ]);
  return the(rows[0]);
}

/** The `start` event as JSON, in three parts: before, between and after the ids that the database has yet to give. */
function aroundIds(run: NewRun): string[] {
  return JSON.stringify(startEvent(run, 0, 0)).split(/(?<="conversation_id":)0(?=,)|(?<="message_id":)0(?=,)/, 3);
}

/** Stores the messages of an exchange that came before the question, in a new conversation. */
async function writeExchange(
  manager: EntityManager,
  run: NewRun,
  messages: readonly HistoryMessage[],
): Promise<{ readonly conversationId: number; readonly parentId: number | null }> {
  const made: { id: number }[] = await manager.query(
    'insert into conversation (owner_id, title, provider, model) values ($1, $2, $3, $4) returning id',
    [run.ownerId, run.title, run.provider, run.model],
  );
  const conversationId = the(made[0]).id;
  let parentId: number | null = null;
  for (const { role, content } of messages) {
    const rows: { id: number }[] = await manager.query(
      `insert into message (conversation_id, parent_id, role, content, status) values ($1, $2, $3, $4, 'completed') returning id`,
      [conversationId, parentId, role, content],
    );
    parentId = the(rows[0]).id;
  }
  return { conversationId, parentId };
}

/** A row that the statement before cannot have failed to return. */
function the<T>(row: T | undefined): T {
  if (row === undefined) throw new Error('The database returned no row where there must be one.');
  return row;
}
