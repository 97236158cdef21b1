import { type CreateProviderRequest } from './provider-settings';

/** A source of models, as the picker shows it. */
export interface Provider {
  readonly id: string;
  readonly name: string;
  /** The built-in Guide is not an AI, and says so. */
  readonly kind: 'guide' | 'model';
  readonly healthy: boolean;
  /** Why it is not healthy; null when it is. */
  readonly problem: string | null;
  /** The model that is used when none is named; null when there is none. */
  readonly default_model: string | null;
}

/** A server that answered on this machine. It is offered, never used unasked. */
export interface DiscoveredServer {
  readonly name: string;
  /** What to set to use it: the value of `OPENAI_BASE_URL`, for example. */
  readonly base_url: string;
  readonly models: readonly string[];
  /** What adds it to the providers, as an administrator does. */
  readonly connect: Pick<CreateProviderRequest, 'id' | 'wire' | 'base_url'>;
  /** The setting that connects it, ready to be copied. */
  readonly setting: string;
}

/** `GET /api/chat/providers` */
export interface ProviderList {
  readonly providers: readonly Provider[];
  /** `provider/model` that is used when a request names none. */
  readonly default_model: string;
  readonly discovered: readonly DiscoveredServer[];
}

/** What a model costs per million tokens. */
export interface ModelPrice {
  readonly input: number;
  readonly output: number;
  /** For tokens that the vendor had in its cache; null: as the others. */
  readonly cached_input: number | null;
  /** Such as `USD`. */
  readonly currency: string;
  /** The day on which the price was true: vendors change them. */
  readonly as_of: string;
}

export interface Model {
  /** The vendor's name of it. */
  readonly id: string;
  readonly provider: string;
  readonly streaming: boolean;
  /** Whether it can go on from the beginning of an answer. */
  readonly continues: boolean;
  /** Tokens; null when the vendor does not tell. */
  readonly context_length: number | null;
  /** Whether it thinks before it speaks; null when nobody knows. */
  readonly reasoning: boolean | null;
  /** null when nobody knows. */
  readonly price: ModelPrice | null;
}

/** `GET /api/models` and `GET /api/chat/providers/:provider/models` */
export interface ModelList {
  readonly models: readonly Model[];
  /** Providers that could not list their models now, and why. */
  readonly problems: readonly { readonly provider: string; readonly problem: string }[];
}
