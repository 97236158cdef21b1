import { type StartEvent } from '@echo/contract';
import { type HistoryMessage } from './message.store';

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

/** The conversation that the turn belongs to; undefined for a new one. */
export function conversationOf({ turn }: NewRun): number | undefined {
  return turn.kind === 'messages' ? undefined : turn.conversationId;
}

/** The run's first event. */
export function startEvent(run: NewRun, conversation_id: number, message_id: number): StartEvent {
  return { type: 'start', conversation_id, message_id, run_id: run.id, provider: run.provider, model: run.model };
}
