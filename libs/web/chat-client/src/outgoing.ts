import { type MessageRole } from '@echo/contract';
import { type ApiProblem } from './api-problem';
import { type ChatMessage } from './chat-message';
import { newIdempotencyKey } from './idempotency-key';

/** A request that starts a run, with what the page shows for it. Sent again, it is the same request under the same key. */
export interface Outgoing {
  readonly path: string;
  /** The body, without `stream`. */
  readonly body: object;
  readonly key: string;
  /** Ask for the answer as one JSON. */
  readonly whole: boolean;
  /** Key of the message that it follows; null at a root. */
  readonly parent: string | null;
  /** Follows whatever is the last message shown, and not a certain one. */
  readonly atEnd: boolean;
  /** The person's message as echoed; absent when only another answer is asked for. */
  readonly prompt?: ChatMessage;
  readonly answer: ChatMessage;
}

export interface Choice {
  readonly model?: string | undefined;
  readonly provider?: string | undefined;
}

/** Where a prompt goes: the key and the number of the message that it follows. The number as on the wire: undefined is the newest message, null a new root. */
export interface Place {
  readonly parent: string | null;
  readonly parentId: number | null | undefined;
  readonly atEnd: boolean;
}

/** What was not accepted, and why. */
export interface Refused {
  readonly outgoing: Outgoing;
  readonly problem: ApiProblem;
}

/** A prompt for `POST /chat`. */
export function outgoingPrompt(
  text: string,
  { model, provider }: Choice,
  place: Place & { readonly conversationId: number | undefined },
  whole: boolean,
): Outgoing {
  const { conversationId, parentId, parent, atEnd } = place;
  return {
    path: '/chat',
    body: {
      prompt: text,
      model,
      provider,
      conversation_id: conversationId,
      parent_id: conversationId === undefined ? undefined : parentId,
    },
    key: newIdempotencyKey(),
    whole,
    parent,
    atEnd,
    prompt: echo('user', text, parentId ?? null),
    answer: echo('assistant', '', null),
  };
}

/** Another answer: `path` is the verb of a message, `text` what the answer begins with. */
export function outgoingAnswer(path: string, { model, provider }: Choice, parent: string | null, text = ''): Outgoing {
  return {
    path,
    body: { model, provider },
    key: newIdempotencyKey(),
    whole: false,
    parent,
    atEnd: false,
    answer: echo('assistant', text, null),
  };
}

/** The same once more, under the same key: unless the conversation has grown since and it is certain that nothing was accepted. Then a prompt follows `end`, as a new request. */
export function again({ outgoing, problem }: Refused, { parent, parentId }: Pick<Place, 'parent' | 'parentId'>): Outgoing {
  const overtaken = problem.code === 'run_in_progress' && outgoing.prompt && outgoing.atEnd;
  return overtaken ? { ...outgoing, parent, key: newIdempotencyKey(), body: { ...outgoing.body, parent_id: parentId } } : outgoing;
}

function echo(role: MessageRole, text: string, parentId: number | null): ChatMessage {
  return {
    key: `local-${newIdempotencyKey()}`,
    parentId,
    role,
    text,
    reasoning: '',
    state: 'pending',
    provider: null,
    model: null,
    usage: null,
    error: null,
    finishReason: null,
    runId: null,
    createdAt: new Date(),
    siblings: [],
  };
}
