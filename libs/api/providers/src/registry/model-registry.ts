import { type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type Cost, type ModelList, type Provider, type ProviderList, type ProviderTest, type Role, type Usage } from '@echo/contract';
import { LocalServers } from '../discovery/local-servers';
import { type ProviderSettings, type ProvidersSettings } from '../provider-settings';
import { guarded } from '../stream/guarded-model';
import { RETRY_POLICY, type RetryPolicy } from '../stream/retries';
import { type HttpTransport } from '../transport/http-transport';
import { type ConfiguredProvider } from './configured-provider';
import { fallbackChain } from './fallback-chain';
import { GuideSource } from './guide-source';
import { matchesPattern } from './model-pattern';
import { type ModelSource, type ResolvedModel } from './model-source';
import { ProviderSources } from './provider-sources';
import { testProvider } from './provider-test';
import { NO_RUNTIME_SETTINGS, type RuntimeSettings } from './runtime-settings';
import { Transports } from './transports';
import { UnknownModelError, UnknownProviderError } from './unknown-name-errors';

/** What tests replace. */
export interface ModelRegistryParts {
  readonly transport?: HttpTransport;
  readonly retryPolicy?: RetryPolicy;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
}

/** A model that was asked for, and those that answer should it fail before its first word. */
export interface AskedModel extends ResolvedModel {
  /** The next one to ask; undefined when there is none. */
  readonly next: () => Promise<AskedModel | undefined>;
}

/** Knows every model that can be asked: those of the environment's providers, those that administrators added, and the Guide. */
export class ModelRegistry implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #transports: Transports;
  readonly #localServers: LocalServers;
  readonly #factory: ProviderSources;
  readonly #guide: GuideSource;
  #runtime: RuntimeSettings = NO_RUNTIME_SETTINGS;
  #providers: readonly ConfiguredProvider[];

  constructor(
    private readonly settings: ProvidersSettings,
    { transport, retryPolicy, now }: ModelRegistryParts = {},
  ) {
    this.#transports = new Transports(settings, transport);
    this.#factory = new ProviderSources(settings, this.#transports, retryPolicy, now);
    this.#providers = this.#factory.of(settings.providers);
    this.#localServers = new LocalServers(
      settings,
      this.#transports.operators,
      () => this.#providers.map((each) => each.settings.baseUrl),
      now,
    );
    const { maxOutputChars: maxChars, firstContentTimeoutMs: firstContentMs, idleTimeoutMs: idleMs, totalTimeoutMs: totalMs } = settings;
    const guards = { maxChars, firstContentMs, idleMs, totalMs, retries: retryPolicy ?? RETRY_POLICY };
    this.#guide = new GuideSource(
      () => this.list(),
      { chunksPerSecond: settings.guideChunksPerSecond, discoverLocal: settings.discoverLocal },
      (model, name) => guarded(model, guards, name),
    );
  }

  /** In the order in which they are shown: the Guide is last, so it is first only while it is alone. */
  get #sources(): readonly [ModelSource, ...ModelSource[]] {
    const [first, ...others] = this.#providers;
    return first === undefined ? [this.#guide] : [first, ...others, this.#guide];
  }

  /** Takes what administrators set, from now on. Runs that are under way are not touched. An id of the environment's is not taken twice. */
  use(runtime: RuntimeSettings): void {
    const taken = new Set(this.settings.providers.map(({ id }) => id));
    this.#runtime = runtime;
    this.#providers = this.#factory.of([...this.settings.providers, ...runtime.providers.filter(({ id }) => !taken.has(id))]);
  }

  /** Looks around in the background, so that the first person to come need not wait for it. */
  onApplicationBootstrap(): void {
    void this.list();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#transports.close();
  }

  /** What people of this role can choose, how it stands, and what was found on this machine. Takes at most about 3 s. */
  async list(role: Role = 'administrator'): Promise<ProviderList> {
    const [providers, discovered] = await Promise.all([
      Promise.all(this.#sources.filter((source) => this.#mayUseSome(role, source)).map((source) => this.#statusFor(role, source))),
      // Only who can connect them is told of them.
      role === 'administrator' ? this.#localServers.find() : [],
    ]);
    return { providers, default_model: await this.#defaultName(role), discovered };
  }

  /** The models of one provider, or of all, that people of this role may use. Throws `UnknownProviderError`. */
  async models(provider?: string, role: Role = 'administrator'): Promise<ModelList> {
    const sources = (provider === undefined ? this.#sources : [this.#source(provider)]).filter((source) => this.#mayUseSome(role, source));
    const lists = await Promise.all(sources.map((source) => source.models()));
    return {
      models: lists.flatMap(({ models }) => models).filter(({ provider, id }) => this.#mayUse(role, provider, id)),
      problems: lists.flatMap(({ problems }) => problems),
    };
  }

  /** Asks a provider that is not among ours, or not yet, for one word, once. */
  test(provider: ProviderSettings, signal: AbortSignal): Promise<ProviderTest> {
    return testProvider(this.#factory.make(provider, { ...RETRY_POLICY, tries: 1 }), signal);
  }

  /** How each provider stands that is in use, by id. */
  async states(): Promise<ReadonlyMap<string, Provider>> {
    const states = await Promise.all(this.#providers.map((provider) => provider.status()));
    return new Map(states.map((state) => [state.id, state]));
  }

  /** What the operator set in the environment. */
  get fixed(): readonly ProviderSettings[] {
    return this.settings.providers;
  }

  /** Why each provider is left alone now, in a sentence; null for those that are not. By id. */
  pauses(): ReadonlyMap<string, string | null> {
    return new Map(this.#providers.map(({ id, pause }) => [id, pause]));
  }

  /** What so many tokens of a model cost; null when nobody knows. */
  cost(provider: string, model: string, usage: Usage): Cost | null {
    return this.#providers.find(({ id }) => id === provider)?.cost(model, usage) ?? null;
  }

  /**
   * The model that a request means, for people of this role. `model` may be `provider/model`; what stands before the `/` is a provider only if one of
   * that name is configured. Neither named: the default. Waits up to 3 s for a provider that was never asked for its models; a name that no list can
   * confirm or deny is let through. Throws `UnknownProviderError` or `UnknownModelError`, also for what exists and may not be used.
   */
  async resolve(provider?: string | null, model?: string | null, role: Role = 'administrator'): Promise<AskedModel> {
    const resolved = await this.#resolveAny(provider, model, role);
    if (!this.#mayUse(role, resolved.provider, resolved.model)) throw await this.#notForRole(role, resolved);
    const names = fallbackChain(`${resolved.provider}/${resolved.model}`, [this.#runtime.fallbacks, this.settings.fallbacks ?? {}]);
    return { ...resolved, next: () => this.#firstOf(names, role) };
  }

  async #resolveAny(provider: string | null | undefined, model: string | null | undefined, role: Role): Promise<ResolvedModel> {
    if (provider) return this.#source(provider).resolve(model || undefined);
    if (model) return this.#resolveName(model);
    const defaultModel = this.#usualModel;
    const usual = defaultModel === undefined ? await this.#sources[0].resolve(undefined) : await this.#resolveName(defaultModel);
    return this.#mayUse(role, usual.provider, usual.model) ? usual : this.#firstAllowed(role);
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

  /** The first of `names` that exists and may be used, with the rest to follow. */
  async #firstOf(names: readonly string[], role: Role): Promise<AskedModel | undefined> {
    for (const [index, name] of names.entries()) {
      try {
        const found = await this.#resolveName(name);
        if (this.#mayUse(role, found.provider, found.model)) return { ...found, next: () => this.#firstOf(names.slice(index + 1), role) };
      } catch (error) {
        // A fallback that is gone is passed over: the next one may be there.
        if (!(error instanceof UnknownModelError)) throw error;
      }
    }
    return undefined;
  }

  /** What was chosen for who names none. */
  get #usualModel(): string | undefined {
    return this.#runtime.defaultModel ?? this.settings.defaultModel;
  }

  async #defaultName(role: Role): Promise<string> {
    try {
      const { provider, model } = await this.resolve(null, null, role);
      return `${provider}/${model}`;
    } catch (error) {
      // The operator's default does not exist: whoever relies on it is told so when they ask.
      if (error instanceof UnknownModelError && this.#usualModel !== undefined) return this.#usualModel;
      throw error;
    }
  }

  /** A model that people of this role get when they name none, and the usual one is not for them. The Guide is for everybody. */
  async #firstAllowed(role: Role): Promise<ResolvedModel> {
    const { models } = await this.models(undefined, role);
    const first = models.find(({ provider }) => provider !== this.#guide.id);
    return first === undefined ? this.#guide.resolve(undefined) : this.#source(first.provider).resolve(first.id);
  }

  #mayUse(role: Role, provider: string, model: string): boolean {
    const { userModels } = this.#runtime;
    if (role === 'administrator' || userModels === null || provider === this.#guide.id) return true;
    return userModels.some((pattern) => matchesPattern(pattern, `${provider}/${model}`));
  }

  /** Whether there may be something of the source in what the role may use: a name that fits some pattern as far as the `/`. */
  #mayUseSome(role: Role, { id }: ModelSource): boolean {
    const { userModels } = this.#runtime;
    if (role === 'administrator' || userModels === null || id === this.#guide.id) return true;
    return userModels.some((pattern) => {
      const slash = pattern.indexOf('/');
      return matchesPattern(slash < 0 ? pattern : pattern.slice(0, slash), id) || pattern.startsWith('*');
    });
  }

  async #statusFor(role: Role, source: ModelSource): Promise<Provider> {
    const status = await source.status();
    const { default_model } = status;
    if (default_model === null || this.#mayUse(role, source.id, default_model)) return status;
    const { models } = await this.models(source.id, role);
    return { ...status, default_model: models[0]?.id ?? null };
  }

  async #notForRole(role: Role, { provider, model }: ResolvedModel): Promise<UnknownModelError> {
    const { models } = await this.models(provider, role);
    return new UnknownModelError(
      model,
      this.#source(provider).name,
      models.map(({ id }) => id),
    );
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
