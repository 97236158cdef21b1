import { Injectable } from '@nestjs/common';
import { Database } from '../database';
import { ConversationEntity } from '../entities/conversation.entity';
import { NotOwnedError } from '../errors';
import { LIVE } from './live.sql';

/** A conversation with its settings. */
export type FoundConversation = ConversationEntity & { readonly liveRunId: string | null };
/** A conversation as the list shows it. */
export type ListedConversation = Omit<FoundConversation, keyof ConversationSettings>;

/** How every answer of a conversation is asked for. */
export type ConversationSettings = Pick<ConversationEntity, 'systemPrompt' | 'temperature'>;

/** Where a page of the list begins: after this conversation. */
export interface ListPosition {
  readonly pinned: boolean;
  readonly updatedAt: Date;
  readonly id: number;
}

export interface ConversationFilter {
  readonly archived: boolean;
  /** Text that the title or a message must contain, in any case. */
  readonly query?: string;
  readonly after?: ListPosition;
  readonly limit: number;
}

export interface ConversationChanges extends Partial<ConversationSettings> {
  readonly title?: string;
  readonly pinned?: boolean;
  readonly archived?: boolean;
  readonly unread?: boolean;
}

const COLUMNS = `
  c.id, c.owner_id as "ownerId", c.title, c.provider, c.model, c.pinned, c.unread,
  c.input_tokens as "inputTokens", c.output_tokens as "outputTokens", c.usage_estimated as "usageEstimated", c.costs,
  c.archived_at as "archivedAt", c.created_at as "createdAt", c.updated_at as "updatedAt",
  (select id from run where conversation_id = c.id and ${LIVE}) as "liveRunId"`;
const SETTINGS = `c.system_prompt as "systemPrompt", c.temperature`;

@Injectable()
export class ConversationStore {
  constructor(private readonly database: Database) {}

  async create(ownerId: string, title: string, settings: Partial<ConversationSettings> = {}): Promise<FoundConversation> {
    const rows = await this.database.query<{ id: number }>(
      'insert into conversation (owner_id, title, system_prompt, temperature) values ($1, $2, $3, $4) returning id',
      [ownerId, title, settings.systemPrompt ?? null, settings.temperature ?? null],
    );
    return this.find(ownerId, rows[0]?.id ?? 0);
  }

  /** Pinned ones first, then the most recently used. */
  async list(ownerId: string, filter: ConversationFilter): Promise<ListedConversation[]> {
    const { after } = filter;
    return this.database.query<ListedConversation>(
      `select ${COLUMNS} from conversation c
       where c.owner_id = $1 and (c.archived_at is not null) = $2
         and ($3::text is null or c.title ilike $3 or exists (select 1 from message m where m.conversation_id = c.id and m.content ilike $3))
         and ($4::boolean is null or (c.pinned, c.updated_at, c.id) < ($4, $5::timestamptz, $6::bigint))
       order by c.pinned desc, c.updated_at desc, c.id desc limit $7`,
      [
        ownerId,
        filter.archived,
        filter.query ? `%${filter.query.replace(/[\\%_]/g, '\\$&')}%` : null,
        after?.pinned ?? null,
        after?.updatedAt ?? null,
        after?.id ?? null,
        filter.limit,
      ],
    );
  }

  async find(ownerId: string, id: number): Promise<FoundConversation> {
    const rows = await this.database.query<FoundConversation>(
      `select ${COLUMNS}, ${SETTINGS} from conversation c where c.owner_id = $1 and c.id = $2`,
      [ownerId, id],
    );
    if (!rows[0]) throw new NotOwnedError('conversation');
    return rows[0];
  }

  /** Changes what is given. None of it makes the conversation look recently used. */
  async update(ownerId: string, id: number, changes: ConversationChanges): Promise<FoundConversation> {
    await this.database.query(
      `update conversation set title = coalesce($3, title), pinned = coalesce($4, pinned), unread = coalesce($6, unread),
         system_prompt = case when $7::boolean then $8 else system_prompt end, temperature = case when $9::boolean then $10 else temperature end,
         archived_at = case when $5::boolean is null then archived_at when $5 then coalesce(archived_at, now()) end
       where owner_id = $1 and id = $2`,
      [
        ownerId,
        id,
        changes.title ?? null,
        changes.pinned ?? null,
        changes.archived ?? null,
        changes.unread ?? null,
        changes.systemPrompt !== undefined,
        changes.systemPrompt ?? null,
        changes.temperature !== undefined,
        changes.temperature ?? null,
      ],
    );
    return this.find(ownerId, id);
  }

  /** Deletes it with its messages, runs and their events. Its run must be stopped first. */
  async delete(ownerId: string, id: number): Promise<void> {
    const gone = await this.database.transaction(async (manager) => {
      const mine: { id: number }[] = await manager.query('select id from conversation where owner_id = $1 and id = $2 for update', [
        ownerId,
        id,
      ]);
      if (mine.length === 0) return false;
      await manager.query('delete from run_event where run_id in (select id from run where conversation_id = $1)', [id]);
      await manager.query('delete from idempotency where owner_id = $1 and run_id in (select id from run where conversation_id = $2)', [
        ownerId,
        id,
      ]);
      await manager.query('delete from conversation where id = $1', [id]);
      return true;
    });
    if (!gone) throw new NotOwnedError('conversation');
  }
}
