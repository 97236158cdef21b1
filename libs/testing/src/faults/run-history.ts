import { type RunEvent } from '@echo/contract';

/** What came over one connection of a viewer. */
export interface SeenConnection {
  /** The number of the last event that the viewer had before. */
  readonly after: number;
  /** Whether it watched from the run's first moment, so that nothing may be merged. */
  readonly isLive: boolean;
  readonly events: readonly { readonly id: string | undefined; readonly event: RunEvent }[];
}

/** What the database holds about one prompt. */
export interface StoredPrompt {
  /** User messages with this prompt. */
  readonly questions: number;
  /** Runs that answer it. */
  readonly runs: readonly StoredRun[];
}

export interface StoredRun {
  readonly id: string;
  readonly status: string;
  readonly lastSeq: number | null;
  readonly isFinished: boolean;
  /** Of the answer's message. */
  readonly messageStatus: string;
  readonly content: string;
  readonly events: readonly { readonly seq: number; readonly kind: string; readonly body: string }[];
}

/** Everything that is known about one prompt, from all three sides. */
export interface PromptHistory {
  /** The connections of each viewer, in the order of time. */
  readonly viewers: readonly (readonly SeenConnection[])[];
  /** The text that the provider sent (or would have, had it been listened to), for each time it was asked. */
  readonly provider: readonly string[];
  readonly stored: StoredPrompt;
  /** Times that the provider may be asked; 1 unless given. */
  readonly maxCalls?: number;
}
