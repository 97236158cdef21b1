import {
  type ChatResponse,
  type DoneEvent,
  type ErrorEvent,
  type Problem,
  type RunError,
  type RunErrorCode,
  type RunStatus,
  type StartEvent,
  type StatusEvent,
} from '@echo/contract';
import { type ChatMessage } from './chat-message';

/** Codes that mean our side ended the run; the others mean the provider or a limit did. */
const OUR_SIDE: readonly RunErrorCode[] = ['interrupted', 'storage_unavailable'];

/** The answer as it stands after an event that carries no text. */
export function applyEvent(message: ChatMessage, event: StartEvent | StatusEvent | DoneEvent | ErrorEvent, now: number): ChatMessage {
  switch (event.type) {
    case 'start':
      return {
        ...message,
        id: event.message_id,
        runId: event.run_id,
        provider: event.provider,
        model: event.model,
        memoryAfter: event.memory_after,
        fallback: null,
        // It comes again; so does the text, which stays until then.
        reasoning: '',
        state: 'connecting',
      };
    case 'status':
      return {
        ...message,
        ...(event.status === 'fallback' ? standIn(message, event) : {}),
        state: event.status === 'queued' ? 'queued' : message.state === 'queued' ? 'connecting' : message.state,
      };
    case 'done':
      return {
        ...message,
        state: event.finish_reason === 'stopped' ? 'stopped' : 'completed',
        finishReason: event.finish_reason,
        usage: event.usage,
        cost: event.cost,
        ...finishedAt(message, now),
      };
    case 'error':
      return {
        ...message,
        state: endOf(event.code),
        error: { code: event.code, message: event.message, retryable: event.retryable },
        ...finishedAt(message, now),
      };
  }
}

/** The answer as it came whole. */
export function applyResponse(message: ChatMessage, response: ChatResponse, now: number): ChatMessage {
  const state: RunStatus = response.finish_reason === 'stopped' ? 'stopped' : 'completed';
  return {
    ...message,
    id: response.message_id,
    runId: response.run_id,
    provider: response.provider,
    model: response.model,
    text: response.response,
    state,
    finishReason: response.finish_reason,
    usage: response.usage,
    cost: response.cost,
    ...finishedAt(message, now),
  };
}

/** The answer that a whole request failed with: its text so far is kept. */
export function applyFailure(message: ChatMessage, problem: Problem, error: RunError, now: number): ChatMessage {
  return {
    ...message,
    id: problem.message_id,
    runId: problem.run_id ?? null,
    text: problem.partial ?? '',
    state: endOf(error.code),
    error,
    ...finishedAt(message, now),
  };
}

/** Who answers now in place of the one that was asked for. */
function standIn({ provider, model, fallback }: ChatMessage, event: StatusEvent): Partial<ChatMessage> {
  const { model: name = '', reason, memory_after } = event;
  const slash = name.indexOf('/');
  if (slash < 0 || reason === undefined) return {};
  return {
    provider: name.slice(0, slash),
    model: name.slice(slash + 1),
    memoryAfter: memory_after,
    fallback: { asked: fallback?.asked ?? `${provider}/${model}`, reason },
  };
}

function endOf(code: RunErrorCode): RunStatus {
  return OUR_SIDE.includes(code) ? 'interrupted' : 'failed';
}

/** Times are kept only for answers whose beginning this page saw. */
function finishedAt(message: ChatMessage, now: number): Pick<ChatMessage, 'finishedAt'> {
  return message.startedAt === undefined ? {} : { finishedAt: now };
}
