import { type ModelPart, type ModelRequest } from './language-model';

/**
 * What a wire yields: the parts of the port, and two signs for the timers.
 * `activity`: the provider is alive though no text came. `unstreamed`: the whole answer will come at once, only the total time counts.
 */
export type WirePart = ModelPart | { readonly type: 'activity' } | { readonly type: 'unstreamed' };

/** A model as its wire speaks it: without retries, timers and limits. */
export interface WireModel {
  readonly id: string;
  /** See `LanguageModel`. */
  readonly continues: boolean;
  stream(request: ModelRequest, signal: AbortSignal): AsyncIterable<WirePart>;
}
