import { ProviderError } from '../errors/provider-error';
import { providerFault } from '../errors/provider-fault';
import { type ListedModel } from './wire';

/** What is known about a provider's models. */
export interface Listing {
  /** null: never read, or the provider does not list. Kept from the last success while the provider is away. */
  readonly models: readonly ListedModel[] | null;
  /** Why the last reading failed; null when it did not, or when the provider simply does not list. */
  readonly fault: ProviderError | null;
}

/** Milliseconds: how long one reading may take, and how long its outcome holds. */
const TIMES = { reading: 3_000, success: 60_000, failure: 10_000 };

/** Reads a provider's list of models when somebody asks, at most once a minute, and survives the provider being away. Never throws. */
export class ModelListingCache {
  #listing: Listing = { models: null, fault: null };
  #validUntil = -Infinity;
  #reading: Promise<Listing> | undefined;

  constructor(
    private readonly provider: string,
    private readonly read: (signal: AbortSignal) => Promise<readonly ListedModel[]>,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** The listing of the last minute. Takes at most 3 s. */
  async current(): Promise<Listing> {
    return this.now() < this.#validUntil ? this.#listing : this.#readOnce();
  }

  /** What is known without asking. */
  get latest(): Listing {
    return this.#listing;
  }

  /** Any listing, however old; waits only when there never was one. */
  async known(): Promise<Listing> {
    return this.#listing.models === null ? this.current() : this.#listing;
  }

  #readOnce(): Promise<Listing> {
    this.#reading ??= this.#refresh().finally(() => (this.#reading = undefined));
    return this.#reading;
  }

  async #refresh(): Promise<Listing> {
    try {
      this.#listing = { models: await this.read(AbortSignal.timeout(TIMES.reading)), fault: null };
      this.#validUntil = this.now() + TIMES.success;
    } catch (error) {
      this.#listing = { models: this.#listing.models, fault: this.#faultOf(error) };
      this.#validUntil = this.now() + TIMES.failure;
    }
    return this.#listing;
  }

  #faultOf(error: unknown): ProviderError | null {
    if (!(error instanceof ProviderError)) throw error;
    // The only signal is our own timer.
    if (error.kind === 'aborted') return providerFault('timeout', this.provider);
    return error.kind === 'not_found' ? null : error;
  }
}
