import { type ProviderSettings } from '../provider-settings';

/** `provider/model`, or a pattern of them → the models that are asked in its place, in this order. */
export type Fallbacks = Readonly<Record<string, readonly string[]>>;

/** What administrators set while the application runs. */
export interface RuntimeSettings {
  /** Shown after those of the environment, in this order. */
  readonly providers: readonly ProviderSettings[];
  /** Come before those of the environment. */
  readonly fallbacks: Fallbacks;
  /** `provider/model` that answers when none is named. Comes before that of the environment; null: none is set. */
  readonly defaultModel: string | null;
  /** Patterns of `provider/model` that people who are no administrators may use; null: all. The Guide may always be used. */
  readonly userModels: readonly string[] | null;
}

export const NO_RUNTIME_SETTINGS: RuntimeSettings = { providers: [], fallbacks: {}, defaultModel: null, userModels: null };
