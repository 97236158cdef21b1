import { type Provider } from './providers';

/** The protocols that a provider can speak. */
export const PROVIDER_WIRES = ['openai-chat', 'openai-responses', 'anthropic', 'gemini', 'ollama'] as const;
export type ProviderWire = (typeof PROVIDER_WIRES)[number];

/** What becomes of template tokens on their way to a provider: nothing, or they are broken in the copy that goes out. */
export const TOKEN_POLICIES = ['as_typed', 'escape'] as const;
export type TokenPolicy = (typeof TOKEN_POLICIES)[number];

/** Seconds; null: as for all others. */
export interface ProviderTimes {
  readonly connect: number | null;
  readonly first_content: number | null;
  readonly idle: number | null;
  readonly total: number | null;
}

/** A provider as administrators see it. Keys and values of headers and queries never come back. */
export interface ProviderSetup {
  readonly id: string;
  readonly name: string;
  readonly wire: ProviderWire;
  readonly base_url: string;
  /** The last four characters of the key; null without a key. */
  readonly key_hint: string | null;
  /** null: whatever the provider lists. */
  readonly models: readonly string[] | null;
  readonly default_model: string | null;
  /** Whether its models go on from the beginning of an answer; null: what is known of the host. */
  readonly continues: boolean | null;
  readonly template_tokens: TokenPolicy;
  /** Names of the extra headers, and of what is added to every URL. */
  readonly headers: readonly string[];
  readonly query: readonly string[];
  /** Whether it is on this machine or its network. */
  readonly allow_private: boolean;
  readonly enabled: boolean;
  readonly times: ProviderTimes;
  /** `environment`: the operator set it; it cannot be changed here. */
  readonly origin: 'environment' | 'settings';
  /** Whether its key, headers and query were sealed by another master key: they cannot be opened, and must be given again. */
  readonly locked: boolean;
  /** How it stands; null while it is switched off. */
  readonly state: Pick<Provider, 'healthy' | 'problem' | 'default_model'> | null;
}

/** `GET /api/admin/providers` */
export interface ProviderSetupList {
  readonly providers: readonly ProviderSetup[];
  /** The protocols that this server speaks. */
  readonly wires: readonly ProviderWire[];
}

/** `POST /api/admin/providers/test`: what is needed to ask a provider. */
export interface TestProviderRequest {
  readonly wire: ProviderWire;
  readonly base_url: string;
  readonly api_key?: string | null;
  readonly models?: readonly string[] | null;
  readonly default_model?: string | null;
  readonly headers?: Readonly<Record<string, string>> | null;
  readonly query?: Readonly<Record<string, string>> | null;
  readonly allow_private?: boolean;
}

/** `POST /api/admin/providers` */
export interface CreateProviderRequest extends TestProviderRequest {
  /** What stands before the `/` of a model's full name: lower-case letters, digits, `-` and `_`. */
  readonly id: string;
  readonly name: string;
  readonly continues?: boolean | null;
  /** `as_typed` unless given. */
  readonly template_tokens?: TokenPolicy;
  readonly enabled?: boolean;
  readonly times?: Partial<ProviderTimes>;
}

/** `PATCH /api/admin/providers/:id`, and `POST /api/admin/providers/:id/test` before it is saved. What is absent stays; null takes away. */
export type UpdateProviderRequest = Partial<Omit<CreateProviderRequest, 'id'>>;

/** What a change came to. */
export interface ChangedProvider {
  readonly provider: ProviderSetup;
  /** Whether key, headers and query were forgotten: they were given for another host. */
  readonly secrets_cleared: boolean;
}

/** What a test found out, in words for an administrator. */
export interface ProviderTest {
  readonly ok: boolean;
  readonly message: string;
  /** The model that was asked; null when none was found. */
  readonly model: string | null;
  /** What it began to say. */
  readonly answer: string | null;
  /** Milliseconds to its first word. */
  readonly first_word_ms: number | null;
  /** The models that the provider lists, at most a hundred. */
  readonly models: readonly string[];
}

/** `GET /api/admin/model-rules`, and `PATCH` with what shall change */
export interface ModelRules {
  /** `provider/model` that answers when a request names none; null: what `ECHO_DEFAULT_MODEL` says, else the first provider's. */
  readonly default_model: string | null;
  /** `provider/model`, or a pattern with `*` → the models that answer in its place, in this order, should it fail before its first word. */
  readonly fallbacks: Readonly<Record<string, readonly string[]>>;
  /** Patterns of `provider/model` that people who are no administrators may use; null: all. */
  readonly user_models: readonly string[] | null;
}
