import { type Allowance, type StartEvent, type TextFindings } from '@echo/contract';
import { type PersonalLimits } from '../limits/take-allowance';
import { type GivenMessage, type HistoryMessage } from './message.store';

/** What is to be answered. */
export type Turn =
  | {
      readonly kind: 'prompt';
      /** Absent: a new conversation. */
      readonly conversationId: number | undefined;
      /** Absent: after the newest message; null: a new root. */
      readonly parentId: number | null | undefined;
      readonly prompt: string;
      /** What the prompt guard found in it. */
      readonly findings: TextFindings | null;
    }
  | { readonly kind: 'messages'; readonly messages: readonly GivenMessage[] }
  /** Another answer beside the message `messageId` (or, for a user's message, below it). */
  | { readonly kind: 'regenerate'; readonly conversationId: number; readonly messageId: number }
  /** Another answer beside the answer `messageId`, that begins with its text. */
  | { readonly kind: 'continue'; readonly conversationId: number; readonly messageId: number };

/** All that a model would read. */
export interface Past {
  /** Root to the message that is to be answered. */
  readonly history: readonly HistoryMessage[];
  readonly systemPrompt: string | null;
  /** What the answer begins with; empty where it begins anew. */
  readonly prefix: string;
}

export interface NewRun {
  readonly id: string;
  readonly ownerId: string;
  readonly replicaId: string;
  readonly provider: string;
  readonly model: string;
  /** Title of the conversation, should one be made. */
  readonly title: string;
  readonly turn: Turn;
  /** How many of the oldest messages do not fit into the model's context. Called with all that the model would read. */
  readonly overflow: (past: Past) => number;
  readonly idempotency: { readonly key: string; readonly requestHash: string } | undefined;
  /** What the person may do; absent: whatever they like. */
  readonly limits?: PersonalLimits | undefined;
}

export type AcceptedRun =
  | {
      readonly existing: false;
      readonly start: StartEvent;
      /** What the answer begins with, stored as event 2; empty where it begins anew. */
      readonly prefix: string;
      /** Root to the message that is to be answered, also what does not fit into the model's context. */
      readonly history: readonly HistoryMessage[];
      readonly systemPrompt: string | null;
      readonly temperature: number | null;
      /** What they may still do; empty where there are no limits. */
      readonly allowances: readonly Allowance[];
    }
  | { readonly existing: true; readonly runId: string };

/** The conversation that the turn belongs to; undefined for a new one. */
export function conversationOf({ turn }: NewRun): number | undefined {
  return turn.kind === 'messages' ? undefined : turn.conversationId;
}

/** The newest message that does not fit into the model's context any more; null where all do. */
export function memoryAfter({ overflow }: NewRun, past: Past): number | null {
  return past.history[overflow(past) - 1]?.id ?? null;
}

/** The run's first event. */
export function startEvent(run: NewRun, conversation_id: number, message_id: number, memoryAfter: number | null): StartEvent {
  const { id: run_id, provider, model } = run;
  const findings = findingsOf(run);
  return {
    type: 'start',
    conversation_id,
    message_id,
    run_id,
    provider,
    model,
    ...(memoryAfter === null ? {} : { memory_after: memoryAfter }),
    ...(findings === null ? {} : { findings }),
  };
}

/** What was found in the question; null where it is stored already. */
export function findingsOf({ turn }: NewRun): TextFindings | null {
  if (turn.kind === 'prompt') return turn.findings;
  return turn.kind === 'messages' ? (turn.messages.at(-1)?.findings ?? null) : null;
}
