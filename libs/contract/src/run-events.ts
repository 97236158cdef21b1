import { type TextFindings } from './hidden-text/text-findings';
import { type Cost, type FinishReason, type RunErrorCode, type Usage } from './runs';

/** First event of every stream. */
export interface StartEvent {
  readonly type: 'start';
  readonly conversation_id: number;
  /** The answer's message. */
  readonly message_id: number;
  readonly run_id: string;
  readonly provider: string;
  readonly model: string;
  /** The newest message that the model is not given: it and those before do not fit into its context. Absent: it is given all. */
  readonly memory_after?: number;
  /** What was found in the prompt that began this run; absent: nothing. */
  readonly findings?: TextFindings;
}

/** A piece of the answer. */
export interface ContentEvent {
  readonly chunk: string;
  readonly type: 'content';
}

/** A piece of the model's reasoning. */
export interface ReasoningEvent {
  readonly chunk: string;
  readonly type: 'reasoning';
}

/** What the run is doing while no text comes. */
export interface StatusEvent {
  readonly type: 'status';
  readonly status: 'queued' | 'connecting' | 'retrying' | 'fallback';
  /** Code of the trouble that made us retry or fall back. */
  readonly reason?: RunErrorCode;
  /** Milliseconds until the next try. */
  readonly wait_ms?: number;
  /** `provider/model` that is asked now. */
  readonly model?: string;
  /** Of a fallback: as in `start`, for the model that is asked now. */
  readonly memory_after?: number;
}

/** Last event of a run that ended well or was stopped by a person. */
export interface DoneEvent {
  readonly type: 'done';
  readonly finish_reason: FinishReason;
  readonly usage: Usage;
  /** Absent when nobody knows the price. */
  readonly cost?: Cost;
  readonly conversation_id: number;
}

/** Last event of a run that failed or was interrupted. */
export interface ErrorEvent {
  readonly type: 'error';
  /** A sentence a person can act on. */
  readonly message: string;
  readonly code: RunErrorCode;
  readonly retryable: boolean;
  /** Whether some of the answer's text came and was kept. */
  readonly partial: boolean;
}

/** One event of a run, as the JSON in a `data:` line. */
export type RunEvent = StartEvent | ContentEvent | ReasoningEvent | StatusEvent | DoneEvent | ErrorEvent;
export type RunEventType = RunEvent['type'];

/** An event with its place in the run: 1, 2, 3 … live; a replay may merge neighbours, so ids only grow. */
export interface SequencedEvent {
  readonly seq: number;
  readonly event: RunEvent;
}

/** Whether nothing can follow `event`. */
export function isTerminal(event: RunEvent): event is DoneEvent | ErrorEvent {
  return event.type === 'done' || event.type === 'error';
}

/** Whether `event` carries a piece of text. */
export function isText(event: RunEvent): event is ContentEvent | ReasoningEvent {
  return event.type === 'content' || event.type === 'reasoning';
}
