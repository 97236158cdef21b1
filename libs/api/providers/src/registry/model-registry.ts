import { type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type ModelList, type ProviderList } from '@echo/contract';
import { LocalServers } from '../discovery/local-servers';
import { type ProvidersSettings } from '../provider-settings';
import { guarded, type Guards } from '../stream/guarded-model';
import { RETRY_POLICY, type RetryPolicy } from '../stream/retries';
import { HttpTransport } from '../transport/http-transport';
import { type WireModel } from '../wire-model';
import { ConfiguredProvider } from './configured-provider';
import { GuideSource } from './guide-source';
import { type ModelSource, type ResolvedModel } from './model-source';
import { UnknownModelError, UnknownProviderError } from './unknown-name-errors';
import { WIRES } from './wires';

/** What tests replace. */
export interface ModelRegistryParts {
  readonly transport?: HttpTransport;
  readonly retryPolicy?: RetryPolicy;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
}

/** Knows every model that can be asked: those of the configured providers, and the Guide. */
export class ModelRegistry implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #transport: HttpTransport;
  readonly #localServers: LocalServers;
  /** In the order in which they are shown: the Guide is last, so it is first only while it is alone. */
  readonly #sources: readonly [ModelSource, ...ModelSource[]];

  constructor(
    private readonly settings: ProvidersSettings,
    { transport, retryPolicy, now }: ModelRegistryParts = {},
  ) {
    this.#transport = transport ?? new HttpTransport({ connectTimeoutMs: settings.connectTimeoutMs, network: settings.network });
    this.#localServers = new LocalServers(settings, this.#transport, now);
    const guards: Guards = {
      maxChars: settings.maxOutputChars,
      firstContentMs: settings.firstContentTimeoutMs,
      idleMs: settings.idleTimeoutMs,
      totalMs: settings.totalTimeoutMs,
      retries: retryPolicy ?? RETRY_POLICY,
    };
    const guard = (model: WireModel, provider: string) => guarded(model, guards, provider);
    const guide = new GuideSource(
      () => this.list(),
      { chunksPerSecond: settings.guideChunksPerSecond, discoverLocal: settings.discoverLocal },
      guard,
    );
    const configured = settings.providers.map(
      (provider): ModelSource => new ConfiguredProvider(provider, WIRES[provider.wire], this.#transport, guard, now),
    );
    const [first, ...others] = configured;
    this.#sources = first === undefined ? [guide] : [first, ...others, guide];
  }

  /** Looks around in the background, so that the first person to come need not wait for it. */
  onApplicationBootstrap(): void {
    void this.list();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#transport.close();
  }

  /** What can be chosen, how it stands, and what was found on this machine. Takes at most about 3 s. */
  async list(): Promise<ProviderList> {
    const [providers, discovered] = await Promise.all([
      Promise.all(this.#sources.map((source) => source.status())),
      this.#localServers.find(),
    ]);
    return { providers, default_model: await this.#defaultName(), discovered };
  }

  /** The models of one provider, or of all. Throws `UnknownProviderError`. */
  async models(provider?: string): Promise<ModelList> {
    const sources = provider === undefined ? this.#sources : [this.#source(provider)];
    const lists = await Promise.all(sources.map((source) => source.models()));
    return { models: lists.flatMap(({ models }) => models), problems: lists.flatMap(({ problems }) => problems) };
  }

  /**
   * The model that a request means. `model` may be `provider/model`; what stands before the `/` is a provider only if one of that name is configured.
   * Neither named: the default. Waits up to 3 s for a provider that was never asked for its models; a name that no list can confirm or deny
   * is let through. Throws `UnknownProviderError` or `UnknownModelError`.
   */
  async resolve(provider?: string | null, model?: string | null): Promise<ResolvedModel> {
    if (provider) return this.#source(provider).resolve(model || undefined);
    if (model) return this.#resolveName(model);
    const { defaultModel } = this.settings;
    return defaultModel === undefined ? this.#sources[0].resolve(undefined) : this.#resolveName(defaultModel);
  }

  async #resolveName(name: string): Promise<ResolvedModel> {
    const slash = name.indexOf('/');
    const named = slash < 0 ? undefined : this.#sources.find(({ id }) => id === name.slice(0, slash));
    if (named !== undefined) return named.resolve(name.slice(slash + 1) || undefined);
    const [first, ...others] = this.#sources;
    if (!(await first.has(name))) {
      for (const other of others) if (await other.has(name)) return other.resolve(name);
    }
    return first.resolve(name);
  }

  async #defaultName(): Promise<string> {
    try {
      const { provider, model } = await this.resolve();
      return `${provider}/${model}`;
    } catch (error) {
      // The operator's default does not exist: whoever relies on it is told so when they ask.
      if (error instanceof UnknownModelError && this.settings.defaultModel !== undefined) return this.settings.defaultModel;
      throw error;
    }
  }

  #source(id: string): ModelSource {
    const source = this.#sources.find((candidate) => candidate.id === id);
    if (source === undefined)
      throw new UnknownProviderError(
        id,
        this.#sources.map((known) => known.id),
      );
    return source;
  }
}
