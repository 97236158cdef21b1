import { type CircuitBreakerPolicy, CircuitState, circuitBreaker, ConsecutiveBreaker, handleWhen } from 'cockatiel';
import { ProviderError, type ProviderErrorKind } from '../errors/provider-error';

/** Answers in a row that a provider fails before it is left alone, and milliseconds for which it is. */
export const BREAKER = { failures: 5, pauseMs: 15_000 } as const;

/** What is the provider's fault, and not the request's or the key's. */
const FAILURES: ReadonlySet<ProviderErrorKind> = new Set<ProviderErrorKind>([
  'rate_limit',
  'overloaded',
  'server',
  'network',
  'timeout',
  'truncated',
  'protocol',
]);

/** One answer under the breaker's eyes. Only the first word about it counts. */
export interface Trial {
  /** Text came. */
  readonly hasContent: () => void;
  readonly succeeded: () => void;
  readonly failed: (error: unknown) => void;
  /** Nobody listens any more. A probe that has shown nothing until then counts as failed; the next one may do better. */
  readonly over: () => void;
}

/** Nobody is asked again and again who fails again and again: others are answered at once that it is away, or by another model. */
export class ProviderBreaker {
  readonly #circuit: CircuitBreakerPolicy;
  #openedAt = 0;

  constructor(
    private readonly provider: string,
    private readonly limits: { readonly failures: number; readonly pauseMs: number } = BREAKER,
  ) {
    this.#circuit = circuitBreaker(
      handleWhen((error) => error instanceof ProviderError && (FAILURES.has(error.kind) || error.kind === 'aborted')),
      { halfOpenAfter: limits.pauseMs, breaker: new ConsecutiveBreaker(limits.failures) },
    );
    this.#circuit.onBreak(() => (this.#openedAt = Date.now()));
  }

  /** Why it is left alone now; null when it is not. */
  get problem(): string | null {
    if (this.#circuit.state === CircuitState.Closed) return null;
    return `${this.provider} failed ${this.limits.failures} times in a row. It is left alone for ${Math.ceil(this.limits.pauseMs / 1000)} s and then tried again; choose another model meanwhile.`;
  }

  /** Begins an answer. Throws a `ProviderError` while the provider is left alone; after that one answer is let through to see how it does. */
  async enter(): Promise<Trial> {
    const isProbed = this.#circuit.state === CircuitState.HalfOpen;
    const isPaused = this.#circuit.state === CircuitState.Open && Date.now() - this.#openedAt < this.limits.pauseMs;
    if (isProbed || isPaused) throw new ProviderError('overloaded', this.problem ?? '', { logDetail: 'left alone after failing in a row' });
    return new Promise((admit) => {
      const outcome = this.#circuit.execute(() => new Promise<void>((resolve, reject) => admit(this.#trial(resolve, reject))));
      // Told to the run by its own error.
      outcome.catch(() => undefined);
    });
  }

  #trial(succeeded: () => void, failed: (error: unknown) => void): Trial {
    const isProbe = this.#circuit.state === CircuitState.HalfOpen;
    return {
      // A probe is over with the first word: others wait for its outcome.
      hasContent: () => (isProbe ? succeeded() : undefined),
      succeeded,
      // A person's stop says nothing about the provider.
      failed: (error) => (isProbe || !isAbort(error) ? failed(error) : undefined),
      over: () => (isProbe ? failed(new ProviderError('aborted', 'Nobody waited for the answer.')) : undefined),
    };
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof ProviderError && error.kind === 'aborted';
}
