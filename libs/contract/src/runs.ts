/** A run is one answer being made. Exactly one of the last four states is its end. */
export const RUN_STATUSES = ['queued', 'connecting', 'streaming', 'completed', 'stopped', 'failed', 'interrupted'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

export const LIVE_RUN_STATUSES = ['queued', 'connecting', 'streaming'] as const satisfies readonly RunStatus[];

/** Whether the answer is still being made. */
export function isLive(status: RunStatus): boolean {
  return (LIVE_RUN_STATUSES as readonly RunStatus[]).includes(status);
}

export const FINISH_REASONS = ['stop', 'length', 'content_filter', 'stopped'] as const;
/** Why a run ended well: the model was done, hit its limit, was filtered, or a person stopped it. */
export type FinishReason = (typeof FINISH_REASONS)[number];

/** Tokens of one run. */
export interface Usage {
  readonly input_tokens: number;
  readonly output_tokens: number;
  /** Those of `input_tokens` that the provider had in its cache, where it says so. */
  readonly cached_tokens?: number;
  /** Those of `output_tokens` that the model only thought, where the provider says so. */
  readonly reasoning_tokens?: number;
  /** Present when the provider gave no figures and ours are a guess from the text's length. */
  readonly estimated?: true;
}

/** What a run cost, by the prices that were known when it ended. */
export interface Cost {
  readonly amount: number;
  /** Such as `USD`. */
  readonly currency: string;
}

/** Of an answer that another model gave than the one which was asked for. */
export interface Fallback {
  /** `provider/model` that was asked for. */
  readonly asked: string;
  /** Why it did not answer. */
  readonly reason: RunErrorCode;
}

/** Where the time of a run went that has ended, in milliseconds since it was accepted, unless it says otherwise. */
export interface RunTiming {
  /** Until its first text, which may be a thought; null when none came. */
  readonly first_content_ms: number | null;
  /** From its first thought to the first word of its answer, or to its end where none came; null when it did not think, or nobody knows. */
  readonly reasoning_ms: number | null;
  readonly total_ms: number;
}

/** Why a run failed or was interrupted. */
export interface RunError {
  readonly code: RunErrorCode;
  /** A sentence a person can act on. */
  readonly message: string;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
}

/** Codes of `error` events. `provider_*`: the provider; the others: our side. */
export const RUN_ERROR_CODES = [
  'provider_auth',
  'provider_quota',
  'provider_rate_limited',
  'provider_overloaded',
  'provider_context_length',
  'provider_not_found',
  'provider_bad_request',
  'provider_server_error',
  'provider_unreachable',
  'provider_timeout',
  'provider_stream_truncated',
  'provider_protocol',
  'provider_filtered',
  'output_too_long',
  'overloaded',
  'interrupted',
  'storage_unavailable',
  'internal_error',
  // Of the stream alone: whoever watched may not any more. The run is what it is.
  'session_ended',
] as const;
export type RunErrorCode = (typeof RUN_ERROR_CODES)[number];

/** `GET /api/runs/:id` */
export interface Run {
  readonly id: string;
  readonly conversation_id: number;
  readonly message_id: number;
  readonly status: RunStatus;
  /** Who answers: another one than was asked for, where `fallback` says so. */
  readonly provider: string;
  readonly model: string;
  /** null when the one that was asked for answers. */
  readonly fallback: Fallback | null;
  readonly finish_reason: FinishReason | null;
  /** null while the run is live. */
  readonly usage: Usage | null;
  /** null when nobody knows the price. */
  readonly cost: Cost | null;
  readonly error: RunError | null;
  /** Number of the last stored event; null while the run is live. */
  readonly last_seq: number | null;
  readonly created_at: string;
  readonly first_content_at: string | null;
  readonly finished_at: string | null;
}
