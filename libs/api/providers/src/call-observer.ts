import { type Usage } from '@echo/contract';
import { ProviderError, type ProviderErrorKind } from './errors/provider-error';
import { type ModelFinishReason } from './language-model';

/** One try to get an answer out of a model. */
export interface BegunCall {
  /** `provider/model` */
  readonly model: string;
  /** 1 for the first; each retry is one more. */
  readonly attempt: number;
}

/** How a try ended. Not a word of what was said. */
export interface CallEnd {
  /** Absent: it did not finish. */
  readonly reason?: ModelFinishReason;
  readonly usage?: Usage;
  /** The name that the provider gives the model which answered. */
  readonly model?: string;
  /** Why it did not finish; `aborted`: the rest was not wanted any more; `defect`: our own doing. */
  readonly error?: ProviderErrorKind | 'defect';
  /** HTTP status of a refusal. */
  readonly status?: number;
}

/** Hears what becomes of a try. */
export interface CallWitness {
  /** Only the first word counts. */
  ended(end: CallEnd): void;
}

/** Hears of each try to get an answer, for traces. It is called where answers are made: it must be quick and never throw. */
export interface CallObserver {
  began(call: BegunCall): CallWitness;
}

/** The end of a try that threw `error`. */
export function endOf(error: unknown): CallEnd {
  if (!(error instanceof ProviderError)) return { error: 'defect' };
  return { error: error.kind, ...(error.status === undefined ? {} : { status: error.status }) };
}
