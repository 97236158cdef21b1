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

interface ConversationRow {
  readonly id: number;
  readonly system_prompt: string | null;
  readonly temperature: number | null;
}

/** The accept transaction. What it stored is what the person was promised. */
export async function acceptRun(manager: EntityManager, run: NewRun): Promise<AcceptedRun> {
  const alive: unknown[] = await manager.query(FENCE, [run.replicaId]);
  if (alive.length === 0) throw new ReplicaFencedError();
  const earlier = await claimKey(manager, run);
  if (earlier) return { existing: true, runId: earlier };

  const conversation = await openConversation(manager, run);
  const { messageId, answered, prefix } = await writeTurn(manager, run, conversation.id);
  const history = await readHistory(manager, run, answered);
  const { system_prompt: systemPrompt, temperature } = conversation;
  return { existing: false, start: startEvent(run, conversation.id, messageId), prefix, history, systemPrompt, temperature };
}

function startEvent(run: NewRun, conversation_id: number, message_id: number): StartEvent {
  return { type: 'start', conversation_id, message_id, run_id: run.id, provider: run.provider, model: run.model };
}

/** Claims the key for this run, or tells which run has it. Waits for a request under the same key that is being accepted now. */
async function claimKey(manager: EntityManager, run: NewRun): Promise<string | undefined> {
  if (!run.idempotency) return undefined;
  const { key, requestHash } = run.idempotency;
  // A key older than a day is as good as new.
  const claimed: unknown[] = await manager.query(
    `insert into idempotency as old (owner_id, key, request_hash, run_id) values ($1, $2, $3, $4)
     on conflict (owner_id, key) do update set request_hash = excluded.request_hash, run_id = excluded.run_id, created_at = now()
       where old.created_at < now() - interval '24 hours' returning 1`,
    [run.ownerId, key, requestHash, run.id],
  );
  if (claimed.length > 0) return undefined;
  const rows: { request_hash: string; run_id: string }[] = await manager.query(
    'select request_hash, run_id from idempotency where owner_id = $1 and key = $2',
    [run.ownerId, key],
  );
  if (rows[0]?.request_hash !== requestHash) throw new IdempotencyMismatchError();
  return rows[0].run_id;
}

async function openConversation(manager: EntityManager, run: NewRun): Promise<ConversationRow> {
  const id = run.turn.kind === 'messages' ? undefined : run.turn.conversationId;
  if (id === undefined) {
    const made: ConversationRow[] = await manager.query(
      'insert into conversation (owner_id, title, provider, model) values ($1, $2, $3, $4) returning id, system_prompt, temperature',
      [run.ownerId, run.title, run.provider, run.model],
    );
    return the(made[0]);
  }
  const found: ConversationRow[] = await manager.query(
    'select id, system_prompt, temperature from conversation where owner_id = $1 and id = $2 for update',
    [run.ownerId, id],
  );
  if (!found[0]) throw new NotOwnedError('conversation');
  const live: { id: string; stopping: boolean }[] = await manager.query(
    `select id, stop_requested_at is not null as stopping from run where conversation_id = $1 and ${LIVE}`,
    [id],
  );
  if (live[0]) throw new RunInProgressError(live[0].id, live[0].stopping);
  await manager.query(
    `update conversation set updated_at = now(), provider = $2, model = $3, archived_at = null, unread = false,
       title = case when title = '' then $4 else title end where id = $1`,
    [id, run.provider, run.model, run.title],
  );
  return found[0];
}

interface WrittenTurn {
  /** The answer, still empty. */
  readonly messageId: number;
  /** The message that it answers. */
  readonly answered: number;
  readonly prefix: string;
}

// The question (where there is one), the answer, the run and its first event, or two where it begins with a text. The event's text is put together around the answer's id.
// The aggregate makes the question get its id first: messages are ordered by id.
const WRITE_TURN = `
  with question as (
    insert into message (conversation_id, parent_id, role, content, status) select $1::bigint, $2::bigint, 'user', $3::text, 'completed' where $3 is not null returning id
  ), answer as (
    insert into message (conversation_id, parent_id, role, status, provider, model)
    select $1::bigint, coalesce(asked.id, $2::bigint), 'assistant', 'connecting', $6::text, $7::text
    from (select max(id) as id from question) as asked returning id, parent_id
  ), made as (
    insert into run (id, message_id, conversation_id, owner_id, replica_id, status, provider, model)
    select $4::uuid, id, $1::bigint, $5::uuid, $8::uuid, 'connecting', $6::text, $7::text from answer
  ), started as (
    insert into run_event (run_id, seq, kind, body)
    select $4::uuid, 1, 'start', $9::text || id || $10::text from answer
    union all select $4::uuid, 2, 'content', $11::text where $11 <> ''
  )
  select id as "messageId", parent_id as answered from answer`;

/** Stores what the person said, the empty answer, the run and its first event. */
async function writeTurn(manager: EntityManager, run: NewRun, conversationId: number): Promise<WrittenTurn> {
  const { parentId, prompt, prefix } = await placeOf(manager, run, conversationId);
  const [before, after] = aroundMessageId(startEvent(run, conversationId, 0));
  const rows: Omit<WrittenTurn, 'prefix'>[] = await manager.query(WRITE_TURN, [
    conversationId,
    parentId,
    prompt,
    run.id,
    run.ownerId,
    run.provider,
    run.model,
    run.replicaId,
    before,
    after,
    prefix,
  ]);
  return { ...the(rows[0]), prefix };
}

/** The event as JSON, without the id that the database has yet to give. */
function aroundMessageId(start: StartEvent): readonly [string, string] {
  const mark = '"message_id":';
  const json = JSON.stringify(start);
  const at = json.indexOf(mark) + mark.length;
  return [json.slice(0, at), json.slice(at + 1)];
}

/** After which message the turn comes, the question to store (null where the answered message is stored already), and what the answer begins with. */
interface TurnPlace {
  readonly parentId: number | null;
  readonly prompt: string | null;
  readonly prefix: string;
}

async function placeOf(manager: EntityManager, { turn }: NewRun, conversationId: number): Promise<TurnPlace> {
  if (turn.kind === 'prompt') {
    // A conversation that was just made has no message to come after.
    const parentId = turn.conversationId === undefined ? null : await parentOf(manager, conversationId, turn.parentId);
    return { parentId, prompt: turn.prompt, prefix: '' };
  }
  if (turn.kind === 'messages') {
    let parentId: number | null = null;
    for (const message of turn.messages.slice(0, -1)) parentId = await insertMessage(manager, conversationId, parentId, message);
    return { parentId, prompt: the(turn.messages.at(-1)).content, prefix: '' };
  }
  const rows: { id: number; parent_id: number | null; role: string; content: string }[] = await manager.query(
    'select id, parent_id, role, content from message where conversation_id = $1 and id = $2',
    [conversationId, turn.messageId],
  );
  const answered = rows[0]?.role === 'user' ? rows[0].id : rows[0]?.parent_id;
  if (!answered) throw new NotOwnedError('message');
  return { parentId: answered, prompt: null, prefix: turn.kind === 'continue' ? the(rows[0]).content : '' };
}

/** Root to the message that is to be answered. What was given whole need not be read. */
async function readHistory(manager: EntityManager, { turn }: NewRun, messageId: number): Promise<readonly HistoryMessage[]> {
  if (turn.kind === 'messages') return turn.messages;
  if (turn.kind === 'prompt' && turn.conversationId === undefined) return [{ role: 'user', content: turn.prompt }];
  return manager.query<HistoryMessage[]>(HISTORY, [messageId]);
}

async function parentOf(manager: EntityManager, conversationId: number, asked: number | null | undefined): Promise<number | null> {
  if (asked === null) return null;
  const rows: { id: number }[] = await manager.query(
    'select id from message where conversation_id = $1 and ($2::bigint is null or id = $2) order by id desc limit 1',
    [conversationId, asked ?? null],
  );
  if (asked !== undefined && !rows[0]) throw new NotOwnedError('message');
  return rows[0]?.id ?? null;
}

async function insertMessage(
  manager: EntityManager,
  conversationId: number,
  parentId: number | null,
  message: HistoryMessage,
): Promise<number> {
  const rows: { id: number }[] = await manager.query(
    `insert into message (conversation_id, parent_id, role, content, status) values ($1, $2, $3, $4, 'completed') returning id`,
    [conversationId, parentId, message.role, message.content],
  );
  return the(rows[0]).id;
}

/** A row that the statement before cannot have failed to return. */
function the<T>(row: T | undefined): T {
  if (row === undefined) throw new Error('The database returned no row where there must be one.');
  return row;
}
