import { type MessageRole } from '@echo/contract';
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

/** A prompt for `POST /chat`. `parentId` as on the wire: undefined is the newest message, null a new root. */
export function outgoingPrompt(
  text: string,
  { model, provider }: Choice,
  place: Pick<Outgoing, 'parent' | 'atEnd'> & { readonly conversationId: number | undefined; readonly parentId: number | null | undefined },
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

/** The same prompt after another message. A new request, so only for one that the server has certainly refused. */
export function moved(outgoing: Outgoing, parent: string | null, parentId: number | undefined): Outgoing {
  return { ...outgoing, parent, key: newIdempotencyKey(), body: { ...outgoing.body, parent_id: parentId } };
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
