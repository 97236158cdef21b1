import { type Cost, type ModelList, type Provider, type Usage } from '@echo/contract';
import { withBrokenTokens } from '../asking/token-breaker';
import { ProviderError } from '../errors/provider-error';
import { type LanguageModel } from '../language-model';
import { costOf, type PriceBook } from '../prices/price-book';
import { type ProviderSettings } from '../provider-settings';
import { type ProviderBreaker } from '../stream/provider-breaker';
import { type HttpTransport } from '../transport/http-transport';
import { type WireModel } from '../wire-model';
import { ModelListingCache, type Listing } from './model-listing-cache';
import { type ModelSource, type ResolvedModel } from './model-source';
import { UnknownModelError } from './unknown-name-errors';
import { type Wire } from './wire';

/** The name of "whatever the provider's default model turns out to be". */
const DEFAULT = 'default';

/** What a provider stands on. */
export interface ProviderParts {
  readonly wire: Wire;
  readonly transport: HttpTransport;
  readonly prices: PriceBook;
  readonly breaker: ProviderBreaker;
  /** Adds timers, limits, retries and the breaker. */
  readonly guard: (model: WireModel) => LanguageModel;
  readonly now?: () => number;
}

/** A provider that somebody configured: its models, and how it stands. */
export class ConfiguredProvider implements ModelSource {
  readonly id: string;
  readonly name: string;
  readonly #listing: ModelListingCache;

  constructor(
    readonly settings: ProviderSettings,
    private readonly parts: ProviderParts,
  ) {
    this.id = settings.id;
    this.name = settings.name;
    const { wire, transport, now } = parts;
    this.#listing = new ModelListingCache(settings.name, (signal) => wire.listModels(settings, transport, signal), now);
  }

  async status(): Promise<Provider> {
    const listing = await this.#listing.current();
    const problem = this.parts.breaker.problem ?? listing.fault?.message ?? null;
    return {
      id: this.id,
      name: this.name,
      kind: 'model',
      healthy: problem === null,
      problem,
      default_model: this.#defaultModel(listing) ?? null,
    };
  }

  async models(): Promise<ModelList> {
    const listing = await this.#listing.current();
    const { models: configured } = this.settings;
    const ids =
      configured ?? listing.models?.map(({ id }) => id).filter((id) => this.parts.wire.isForChat(id)) ?? this.#onlyDefault(listing);
    const unlisted =
      listing.models === null && configured === undefined ? `${this.name} does not list its models: write the name of one.` : null;
    const problem = listing.fault?.message ?? unlisted;
    return {
      models: ids.map((id) => {
        const { price, reasoning } = this.parts.prices.facts(this.settings, id);
        const context_length = this.#contextLength(id, listing);
        const continues = this.parts.wire.continues(this.settings, id);
        return { id, provider: this.id, streaming: true, continues, context_length, reasoning, price };
      }),
      problems: problem === null ? [] : [{ provider: this.id, problem }],
    };
  }

  async has(model: string): Promise<boolean> {
    return this.#find(model, await this.#names()) !== undefined;
  }

  async resolve(model: string | undefined): Promise<ResolvedModel> {
    const names = model === undefined ? null : await this.#names();
    const found = model === undefined ? undefined : this.#find(model, names);
    if (found !== undefined) return this.#resolved(found);
    if (model === undefined || model === DEFAULT) {
      const usual = this.#configuredDefault ?? this.#defaultModel(await this.#listing.known());
      return usual === undefined ? this.#laterResolved() : this.#resolved(usual);
    }
    if (names !== null)
      throw new UnknownModelError(
        model,
        this.name,
        names.filter((name) => this.parts.wire.isForChat(name)),
      );
    // Nobody can say whether it exists: the provider will.
    return this.#resolved(this.#withoutOwnId(model));
  }

  /** Why it is left alone now; null when it is not. */
  get pause(): string | null {
    return this.parts.breaker.problem;
  }

  /** What so many tokens of a model cost; null when nobody knows. */
  cost(model: string, usage: Usage): Cost | null {
    const { price } = this.parts.prices.facts(this.settings, model);
    return price === null ? null : costOf(price, usage);
  }

  /** Every name that may be used; null when the provider cannot be asked. */
  async #names(): Promise<readonly string[] | null> {
    return this.settings.models ?? (await this.#listing.known()).models?.map(({ id }) => id) ?? null;
  }

  /** The name as the provider knows it. Ollama's tag `latest` and our own id before the `/` may be left out and put in. */
  #find(model: string, names: readonly string[] | null): string | undefined {
    const candidates = [model, this.#withoutOwnId(model)].flatMap((name) => [name, `${name}:latest`]);
    return candidates.find((candidate) => names?.includes(candidate));
  }

  /** The vendor's own word on its models comes first. */
  #contextLength(model: string, { models }: Listing): number | null {
    const listed = models?.find(({ id }) => id === model)?.contextLength;
    return listed ?? this.parts.prices.facts(this.settings, model).contextLength;
  }

  #withoutOwnId(model: string): string {
    return model.startsWith(`${this.id}/`) ? model.slice(this.id.length + 1) : model;
  }

  #defaultModel({ models }: Listing): string | undefined {
    return this.#configuredDefault ?? this.parts.wire.defaultModel(this.settings, models);
  }

  get #configuredDefault(): string | undefined {
    return this.settings.defaultModel ?? this.settings.models?.[0];
  }

  #onlyDefault(listing: Listing): readonly string[] {
    const model = this.#defaultModel(listing);
    return model === undefined ? [] : [model];
  }

  /** The model as it is asked. */
  #asked(model: string): WireModel {
    const asked = this.parts.wire.model(this.settings, model, this.parts.transport);
    return this.settings.templateTokens === 'escape' ? withBrokenTokens(asked) : asked;
  }

  #resolved(model: string): ResolvedModel {
    const languageModel = this.parts.guard(this.#asked(model));
    return {
      provider: this.id,
      model,
      languageModel,
      contextLength: this.#contextLength(model, this.#listing.latest),
      cost: (usage, used) => this.cost(used ?? model, usage) ?? this.cost(model, usage),
    };
  }

  /**
   * The provider has never said which models it has. Asking it is then part of the answer: a run against a provider that
   * is away fails like any other, and can be tried again when it is back.
   */
  #laterResolved(): ResolvedModel {
    const id = `${this.id}/${DEFAULT}`;
    const choose = async (): Promise<WireModel> => {
      const listing = await this.#listing.current();
      const model = this.#defaultModel(listing);
      if (model !== undefined) return this.#asked(model);
      throw listing.fault ?? new ProviderError('not_found', `${this.name} does not say which models it has. Name one.`);
    };
    const wire: WireModel = {
      id,
      continues: this.parts.wire.continues(this.settings, DEFAULT),
      async *stream(request, signal) {
        const model = await choose();
        yield* model.stream(request, signal);
      },
    };
    return {
      provider: this.id,
      model: DEFAULT,
      languageModel: this.parts.guard(wire),
      contextLength: null,
      cost: (usage, used) => (used === undefined ? null : this.cost(used, usage)),
    };
  }
}
