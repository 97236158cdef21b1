import { PriceBook } from '../prices/price-book';
import { type ProviderSettings, type ProvidersSettings } from '../provider-settings';
import { guarded } from '../stream/guarded-model';
import { ProviderBreaker } from '../stream/provider-breaker';
import { RETRY_POLICY, type RetryPolicy } from '../stream/retries';
import { ConfiguredProvider } from './configured-provider';
import { type Transports } from './transports';
import { WIRES } from './wires';

/** Makes providers from their settings, and keeps those whose settings stay: with their lists of models, their breakers and their connections. */
export class ProviderSources {
  readonly #prices: PriceBook;
  #made = new Map<string, ConfiguredProvider>();

  constructor(
    private readonly settings: ProvidersSettings,
    private readonly transports: Transports,
    private readonly retries: RetryPolicy = RETRY_POLICY,
    private readonly now?: () => number,
  ) {
    this.#prices = new PriceBook(settings.prices);
  }

  /** One source for each. Runs that are under way go on with the source that they began with. */
  of(providers: readonly ProviderSettings[]): readonly ConfiguredProvider[] {
    const made = new Map(
      providers.map((each) => {
        const key = JSON.stringify(each);
        return [key, this.#made.get(key) ?? this.make(each)] as const;
      }),
    );
    this.#made = made;
    return [...made.values()];
  }

  /** One that nobody else sees. */
  make(provider: ProviderSettings, retries = this.retries): ConfiguredProvider {
    const { maxOutputChars, firstContentTimeoutMs, idleTimeoutMs, totalTimeoutMs, observer } = this.settings;
    const { firstContentMs = firstContentTimeoutMs, idleMs = idleTimeoutMs, totalMs = totalTimeoutMs } = provider.timeouts ?? {};
    const guards = { maxChars: maxOutputChars, firstContentMs, idleMs, totalMs, retries, ...(observer ? { observer } : {}) };
    const breaker = new ProviderBreaker(provider.name);
    return new ConfiguredProvider(provider, {
      wire: WIRES[provider.wire],
      transport: this.transports.of(provider),
      prices: this.#prices,
      breaker,
      guard: (model) => guarded(model, guards, provider.name, breaker),
      now: this.now,
    });
  }
}
