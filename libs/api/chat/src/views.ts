import { type FoundConversation, type ListedConversation, type MessageWithRun, type RunEntity } from '@echo/api-persistence';
import {
  type Conversation,
  type ConversationDetails,
  type Fallback,
  type Message,
  type Run,
  type RunErrorCode,
  type RunTiming,
} from '@echo/contract';

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
    usage: {
      input_tokens: row.inputTokens,
      output_tokens: row.outputTokens,
      estimated: row.usageEstimated,
      costs: Object.entries(row.costs).map(([currency, amount]) => ({ amount, currency })),
    },
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}

export function detailsOf(row: FoundConversation): ConversationDetails {
  return { ...conversationOf(row), system_prompt: row.systemPrompt, temperature: row.temperature };
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
    fallback: fallbackOf(row.askedProvider, row.askedModel, row.fallbackReason),
    finish_reason: row.finishReason,
    usage: row.usage,
    cost: row.cost,
    timing: timingOf(row),
    memory_after: row.memoryAfter,
    error: row.error,
    run_id: row.runId,
    findings: row.findings,
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
    fallback: fallbackOf(row.provider, row.model, row.fallbackReason),
    finish_reason: row.finishReason,
    usage: row.usage,
    cost: row.cost,
    error: row.error,
    last_seq: row.lastSeq,
    created_at: row.createdAt.toISOString(),
    first_content_at: row.firstContentAt?.toISOString() ?? null,
    finished_at: row.finishedAt?.toISOString() ?? null,
  };
}

function fallbackOf(provider: string | null, model: string | null, reason: RunErrorCode | null): Fallback | null {
  return reason === null ? null : { asked: `${provider}/${model}`, reason };
}

function timingOf(row: MessageWithRun): RunTiming | null {
  const { acceptedAt, firstContentAt, finishedAt } = row;
  if (acceptedAt === null || finishedAt === null) return null;
  return {
    first_content_ms: firstContentAt && between(acceptedAt, firstContentAt),
    reasoning_ms: reasoningTime(row),
    total_ms: between(acceptedAt, finishedAt),
  };
}

function reasoningTime({ reasoning, content, firstContentAt, answerBeganAt, finishedAt }: MessageWithRun): number | null {
  // Without an answer it thought until the end. With one that nobody knows the beginning of, nobody knows.
  const end = answerBeganAt ?? (content === '' ? finishedAt : null);
  return reasoning === null || firstContentAt === null || end === null ? null : between(firstContentAt, end);
}

/** In milliseconds; never less than none, as clocks of two machines may have it. */
function between(from: Date, to: Date): number {
  return Math.max(0, to.getTime() - from.getTime());
}
