import { type ConversationDetails, type DoneEvent, type Message, type StartEvent } from '@echo/contract';

const TIME = '2026-11-22T10:00:00.000Z';

export function storedMessage(id: number, more: Partial<Message> = {}): Message {
  return {
    id,
    conversation_id: 7,
    parent_id: null,
    role: 'user',
    content: `text ${id}`,
    reasoning: null,
    status: 'completed',
    provider: null,
    model: null,
    fallback: null,
    finish_reason: null,
    usage: null,
    cost: null,
    timing: null,
    memory_after: null,
    error: null,
    run_id: null,
    findings: null,
    created_at: TIME,
    ...more,
  };
}

export function storedAnswer(id: number, parent: number, more: Partial<Message> = {}): Message {
  return storedMessage(id, {
    parent_id: parent,
    role: 'assistant',
    provider: 'openai',
    model: 'gpt',
    finish_reason: 'stop',
    run_id: `run-${id}`,
    ...more,
  });
}

export function storedConversation(more: Partial<ConversationDetails> = {}): ConversationDetails {
  return {
    id: 7,
    title: 'Hello',
    system_prompt: null,
    temperature: null,
    provider: 'openai',
    model: 'gpt',
    pinned: false,
    archived: false,
    unread: false,
    live_run_id: null,
    usage: { input_tokens: 0, output_tokens: 0, estimated: false, costs: [] },
    created_at: TIME,
    updated_at: TIME,
    ...more,
  };
}

export const START: StartEvent = { type: 'start', conversation_id: 7, message_id: 2, run_id: 'run-2', provider: 'openai', model: 'gpt' };
export const DONE: DoneEvent = { type: 'done', finish_reason: 'stop', usage: { input_tokens: 1, output_tokens: 2 }, conversation_id: 7 };
