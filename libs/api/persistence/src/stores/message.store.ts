import { type Cost, type MessageRole, type RunErrorCode, type TextFindings } from '@echo/contract';
import { Injectable } from '@nestjs/common';
import { Database } from '../database';
import { type MessageEntity } from '../entities/message.entity';
import { NotOwnedError } from '../errors';

/** A turn as a model reads it. */
export interface HistoryMessage {
  /** Absent where it is not stored yet. */
  readonly id?: number;
  readonly role: MessageRole;
  readonly content: string;
}

/** What is known of the run that made a message; all null for what a person wrote. */
export interface RunOfMessage {
  readonly runId: string | null;
  readonly askedProvider: string | null;
  readonly askedModel: string | null;
  readonly fallbackReason: RunErrorCode | null;
  readonly memoryAfter: number | null;
  readonly cost: Cost | null;
  readonly acceptedAt: Date | null;
  readonly firstContentAt: Date | null;
  readonly answerBeganAt: Date | null;
  readonly finishedAt: Date | null;
}

export type MessageWithRun = MessageEntity & RunOfMessage;

const MESSAGES = `
  select m.id, m.conversation_id as "conversationId", m.parent_id as "parentId", m.role, m.content, m.reasoning, m.status, m.provider, m.model,
    m.finish_reason as "finishReason", m.usage, m.error, m.findings, m.created_at as "createdAt", r.id as "runId", r.provider as "askedProvider",
    r.model as "askedModel", r.fallback_reason as "fallbackReason", r.memory_after as "memoryAfter", r.cost, r.created_at as "acceptedAt",
    r.first_content_at as "firstContentAt", r.answer_began_at as "answerBeganAt", r.finished_at as "finishedAt"
  from message m join conversation c on c.id = m.conversation_id
  left join lateral (select * from run where message_id = m.id order by created_at desc limit 1) as r on true
  where c.owner_id = $1`;

/** A turn as a client gives it. */
export interface GivenMessage extends HistoryMessage {
  /** What the prompt guard found in it. */
  readonly findings: TextFindings | null;
}

/** Root to `$1`, the order in which a model reads them. Answers without text are left out. The limit makes it one look by key for each message, whatever the planner knows of the table. */
export const HISTORY = `
  with recursive branch as (
    select id, parent_id, role, content, 0 as depth from message where id = $1
    union all
    select m.id, m.parent_id, m.role, m.content, depth + 1
    from branch cross join lateral (select * from message where id = branch.parent_id limit 1) as m
  )
  select id, role, content from branch where content <> '' order by depth desc`;

@Injectable()
export class MessageStore {
  constructor(private readonly database: Database) {}

  /** Messages of all branches after id `after`, oldest first. */
  async list(ownerId: string, conversationId: number, after: number, limit: number): Promise<MessageWithRun[]> {
    return this.database.query<MessageWithRun>(`${MESSAGES} and m.conversation_id = $2 and m.id > $3 order by m.id limit $4`, [
      ownerId,
      conversationId,
      after,
      limit,
    ]);
  }

  async find(ownerId: string, id: number): Promise<MessageWithRun> {
    const rows = await this.database.query<MessageWithRun>(`${MESSAGES} and m.id = $2`, [ownerId, id]);
    if (!rows[0]) throw new NotOwnedError('message');
    return rows[0];
  }

  /** What the prompt guard found in the message that this one answers. */
  async findingsBefore(ownerId: string, { parentId }: MessageWithRun): Promise<TextFindings | null> {
    return parentId === null ? null : (await this.find(ownerId, parentId)).findings;
  }
}
