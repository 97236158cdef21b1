import { type ListedConversation, type MessageWithRun, type RunEntity } from '@echo/api-persistence';
import { type Conversation, type Message, type Run } from '@echo/contract';

/** Rows as the API shows them. */

export function conversationOf(row: ListedConversation): Conversation {
  return {
    id: row.id,
    title: row.title,
    provider: row.provider,
    model: row.model,
    pinned: row.pinned,
    archived: row.archivedAt !== null,
    unread: row.unread,
    live_run_id: row.liveRunId,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}

export function messageOf(row: MessageWithRun): Message {
  return {
    id: row.id,
    conversation_id: row.conversationId,
    parent_id: row.parentId,
    role: row.role,
    content: row.content,
    reasoning: row.reasoning,
    status: row.status,
    provider: row.provider,
    model: row.model,
    finish_reason: row.finishReason,
    usage: row.usage,
    error: row.error,
    run_id: row.runId,
    created_at: row.createdAt.toISOString(),
  };
}

export function runOf(row: RunEntity): Run {
  return {
    id: row.id,
    conversation_id: row.conversationId,
    message_id: row.messageId,
    status: row.status,
    provider: row.usedProvider ?? row.provider,
    model: row.usedModel ?? row.model,
    finish_reason: row.finishReason,
    usage: row.usage,
    error: row.error,
    last_seq: row.lastSeq,
    created_at: row.createdAt.toISOString(),
    first_content_at: row.firstContentAt?.toISOString() ?? null,
    finished_at: row.finishedAt?.toISOString() ?? null,
  };
}
