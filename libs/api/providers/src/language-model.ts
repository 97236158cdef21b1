import { type RunErrorCode, type Usage } from '@echo/contract';

/** One model of one provider, ready to be asked. */
export interface LanguageModel {
  /** `provider/model` */
  readonly id: string;
  /** Whether it takes a last message of the assistant for the beginning of its answer, and says only what comes after. */
  readonly continues: boolean;
  /**
   * Asks the model. Ends with exactly one `finish` part, or throws a `ProviderError`; the text that came before either is valid.
   * Aborting `signal` closes the provider's socket at once and throws kind `aborted`. A consumer that leaves the loop closes it as well,
   * but only after the part it is waiting for: to stop at once, abort.
   */
  stream(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelPart>;
}

export interface ModelMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface ModelRequest {
  readonly messages: readonly ModelMessage[];
  readonly temperature?: number;
  /** Tokens. */
  readonly maxOutputTokens?: number;
  /** Texts that end the answer. */
  readonly stop?: readonly string[];
}

export type ModelFinishReason = 'stop' | 'length' | 'content_filter';

/** What a model says, in order. Texts hold neither U+0000 nor half surrogate pairs, are never empty and at most `MAX_PART_LENGTH` long. */
export type ModelPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string }
  | { readonly type: 'status'; readonly status: 'retrying'; readonly reason: RunErrorCode; readonly waitMs: number }
  | FinishPart;

export interface FinishPart {
  readonly type: 'finish';
  readonly reason: ModelFinishReason;
  /** Absent when the provider gave no figures. */
  readonly usage?: Usage;
  /** The name that the provider gives the model which answered. */
  readonly model?: string;
}
