import { type RunErrorCode } from '@echo/contract';
import { type ApiProblemCode } from './api-problem';

/** What can be done about an error: send the same again, ask for another answer, read the page anew, nothing. */
export type ChatErrorAction = 'retry' | 'regenerate' | 'reload' | 'none';

/** An error as it is shown. */
export interface ChatError {
  /** A sentence a person can act on. */
  readonly message: string;
  readonly code: ApiProblemCode | RunErrorCode;
  /** Whether the same may succeed later. */
  readonly retryable: boolean;
  readonly action: ChatErrorAction;
  /** Milliseconds to wait before the next try, when the server named them. */
  readonly retryAfterMs?: number;
  /** To be quoted to the operator. */
  readonly requestId?: string;
}

/**
 * `connecting`: on the way to the server. `queued`: accepted, waiting for its turn. `waiting`: accepted, no text yet. `retrying`: the provider failed and is
 * asked again. `reconnecting`: our connection was lost. `stalled`: connected, but no text for `streamingTimeout`.
 */
export type ChatPhase = 'idle' | 'connecting' | 'waiting' | 'streaming' | 'reconnecting' | 'retrying' | 'queued' | 'stalled';

/** What is going on, for the status line. */
export interface ChatStatus {
  readonly phase: ChatPhase;
  /** When the phase began, in milliseconds of this client's clock. */
  readonly since: number;
  /** Why, as a sentence. */
  readonly detail?: string;
  /** Milliseconds from `since` until the next try. */
  readonly waitMs?: number;
  /** `provider/model` that is asked now. */
  readonly model?: string;
}
