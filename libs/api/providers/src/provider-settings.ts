import { type TokenPolicy } from '@echo/contract';
import { type CallObserver } from './call-observer';
import { type PriceList } from './prices/price-list';
import { type Fallbacks } from './registry/runtime-settings';
import { type NetworkSettings } from './transport/network-settings';

/** The protocols that we speak. */
export const WIRE_NAMES = ['openai-chat', 'openai-responses', 'anthropic', 'gemini', 'ollama'] as const;
export type WireName = (typeof WIRE_NAMES)[number];

/** One provider that the operator configured. */
export interface ProviderSettings {
  /** What stands before the `/` of a model's full name. */
  readonly id: string;
  /** What people read. */
  readonly name: string;
  readonly wire: WireName;
  /**
   * For OpenAI's protocols: what stands before `/chat/completions` or `/responses`, as in `https://api.openai.com/v1`. For the others: what stands before
   * the version, as in `https://api.anthropic.com`.
   */
  readonly baseUrl: string;
  readonly apiKey?: string;
  /** The only models that may be used; absent: whatever the provider lists. */
  readonly models?: readonly string[];
  /** The model that is used when none is named; absent: the first of `models`, else a good one of the provider's own list. */
  readonly defaultModel?: string;
  /** Whether its models go on from the beginning of an answer; absent: what is known of the host. */
  readonly continues?: boolean;
  /** What becomes of template tokens on their way there; absent: nothing. */
  readonly templateTokens?: TokenPolicy;
  readonly headers?: Readonly<Record<string, string>>;
  /** Added to every URL. */
  readonly query?: Readonly<Record<string, string>>;
  /** Whether its address must be on the internet, and neither on this machine nor on its network. */
  readonly publicOnly?: boolean;
  /** What differs from everybody's. */
  readonly timeouts?: ProviderTimeouts;
}

/** Milliseconds. */
export interface ProviderTimeouts {
  readonly connectMs?: number;
  readonly firstContentMs?: number;
  readonly idleMs?: number;
  readonly totalMs?: number;
}

/** A port of this machine where a model server may listen, and how to ask it. */
export interface LocalServerPort {
  readonly port: number;
  readonly kind: 'ollama' | 'openai';
}

export interface ProvidersSettings {
  /** What the network around us asks of every call; absent: nothing. */
  readonly network?: NetworkSettings;
  /** In the order in which they are shown; the first one is the default. */
  readonly providers: readonly ProviderSettings[];
  /** `provider/model`, or a model of the first provider. */
  readonly defaultModel?: string;
  /** Which models answer in place of one that fails before its first word; absent: none. */
  readonly fallbacks?: Fallbacks;
  /** The operator's own prices; they come before those that we ship. */
  readonly prices?: PriceList;
  /** Whether to look for model servers on loopback. */
  readonly discoverLocal: boolean;
  /** Milliseconds. */
  readonly connectTimeoutMs: number;
  readonly firstContentTimeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly totalTimeoutMs: number;
  /** Characters (code points) of one answer. */
  readonly maxOutputChars: number;
  /** 0: as fast as it can be read. */
  readonly guideChunksPerSecond: number;
  readonly localServerPorts: readonly LocalServerPort[];
  /** Hears of each call for an answer; absent: nobody does. */
  readonly observer?: CallObserver;
}

/** What holds where the operator said nothing. */
export const PROVIDERS_DEFAULTS: ProvidersSettings = {
  providers: [],
  discoverLocal: true,
  connectTimeoutMs: 5_000,
  firstContentTimeoutMs: 60_000,
  idleTimeoutMs: 60_000,
  totalTimeoutMs: 15 * 60_000,
  maxOutputChars: 1_000_000,
  guideChunksPerSecond: 60,
  localServerPorts: [
    { port: 11434, kind: 'ollama' },
    { port: 8080, kind: 'openai' },
    { port: 1234, kind: 'openai' },
    { port: 8000, kind: 'openai' },
  ],
};
