import {
  type Cost,
  type Fallback,
  type FinishReason,
  type MessageRole,
  type RunError,
  type RunStatus,
  type RunTiming,
  type TextFindings,
  type Usage,
} from '@echo/contract';

/** `pending`: on its way to the server. `unsent`: not accepted by it; the text is kept for `retry()`. */
export type ChatMessageState = 'pending' | 'unsent' | RunStatus;

/** A message as it is shown. A new object for every change, under the same `key`. */
export interface ChatMessage {
  /** The same from the local echo to the stored message: for `@for` to track. */
  readonly key: string;
  /** Absent until the server's number is known. */
  readonly id?: number;
  /** Number of the message before it; null at a root, and while that number is not known. */
  readonly parentId: number | null;
  readonly role: MessageRole;
  readonly text: string;
  /** What the model thought before it answered; empty when it did not tell. */
  readonly reasoning: string;
  readonly state: ChatMessageState;
  readonly provider: string | null;
  readonly model: string | null;
  readonly usage: Usage | null;
  /** Why the answer failed or was interrupted. */
  readonly error: RunError | null;
  readonly finishReason: FinishReason | null;
  readonly runId: string | null;
  readonly createdAt: Date;
  /** What the server found hidden in the text. */
  readonly findings?: TextFindings | null;
  /** Numbers of all versions of this message, its own among them, oldest first. */
  readonly siblings: readonly number[];
  /** Milliseconds on this client's clock; only for answers that this page saw being made. */
  readonly startedAt?: number;
  /** When it was first heard thinking. */
  readonly thoughtAt?: number;
  readonly firstContentAt?: number;
  readonly finishedAt?: number;
  /** Who was asked for, where another one answers. */
  readonly fallback?: Fallback | null;
  /** null or absent where nobody knows the price. */
  readonly cost?: Cost | null;
  /** The server's own measure, once the answer was read from where it is stored. */
  readonly timing?: RunTiming | null;
  /** Number of the newest message that the model was not given: it and those before did not fit into its context. */
  readonly memoryAfter?: number | null;
}
