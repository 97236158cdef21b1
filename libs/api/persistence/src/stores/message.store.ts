import { type MessageRole } from '@echo/contract';
import { Injectable } from '@nestjs/common';
import { Database } from '../database';
import { type MessageEntity } from '../entities/message.entity';
import { NotOwnedError } from '../errors';

/** A turn as a model reads it. */
export interface HistoryMessage {
  readonly role: MessageRole;
  readonly content: string;
}

export type MessageWithRun = MessageEntity & { readonly runId: string | null };

const COLUMNS = `
  m.id, m.conversation_id as "conversationId", m.parent_id as "parentId", m.role, m.content, m.reasoning, m.status, m.provider, m.model,
  m.finish_reason as "finishReason", m.usage, m.error, m.created_at as "createdAt",
  (select r.id from run r where r.message_id = m.id order by r.created_at desc limit 1) as "runId"`;

/** Root to `$1`, the order in which a model reads them. Answers without text are left out. The limit makes it one look by key for each message, whatever the planner knows of the table. */
export const HISTORY = `
  with recursive branch as (
    select id, parent_id, role, content, 0 as depth from message where id = $1
    union all
    select m.id, m.parent_id, m.role, m.content, depth + 1
    from branch cross join lateral (select * from message where id = branch.parent_id limit 1) as m
  )
  select role, content from branch where content <> '' order by depth desc`;

@Injectable()
export class MessageStore {
  constructor(private readonly database: Database) {}

  /** Messages of all branches after id `after`, oldest first. */
  async list(ownerId: string, conversationId: number, after: number, limit: number): Promise<MessageWithRun[]> {
    return this.database.query<MessageWithRun>(
      `select ${COLUMNS} from message m join conversation c on c.id = m.conversation_id
       where c.owner_id = $1 and m.conversation_id = $2 and m.id > $3 order by m.id limit $4`,
      [ownerId, conversationId, after, limit],
    );
  }

  async find(ownerId: string, id: number): Promise<MessageWithRun> {
    const rows = await this.database.query<MessageWithRun>(
      `select ${COLUMNS} from message m join conversation c on c.id = m.conversation_id where c.owner_id = $1 and m.id = $2`,
      [ownerId, id],
    );
    if (!rows[0]) throw new NotOwnedError('message');
    return rows[0];
  }
}
