import { type ProviderSettings, type ProvidersSettings } from '../provider-settings';
import { OPERATOR_EGRESS, PUBLIC_EGRESS } from '../transport/egress-guard';
import { HttpTransport } from '../transport/http-transport';

/** The transports of all providers: one for those that may be called alike. */
export class Transports {
  readonly #made = new Map<string, HttpTransport>();

  constructor(
    private readonly settings: ProvidersSettings,
    /** Carries everything; tests only. */
    private readonly only?: HttpTransport,
  ) {}

  /** For what the operator set in the environment. */
  get operators(): HttpTransport {
    return this.of({});
  }

  of({ publicOnly = false, timeouts }: Pick<ProviderSettings, 'publicOnly' | 'timeouts'>): HttpTransport {
    if (this.only !== undefined) return this.only;
    const connectTimeoutMs = timeouts?.connectMs ?? this.settings.connectTimeoutMs;
    const key = `${publicOnly} ${connectTimeoutMs}`;
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const { network } = this.settings;
    const made = new HttpTransport({ connectTimeoutMs, network, egress: publicOnly ? PUBLIC_EGRESS : OPERATOR_EGRESS });
    this.#made.set(key, made);
    return made;
  }

  /** Ends every connection. */
  async close(): Promise<void> {
    await Promise.all([...this.#made.values(), ...(this.only === undefined ? [] : [this.only])].map((transport) => transport.close()));
  }
}
