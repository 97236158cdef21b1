import { ProviderError } from '../errors/provider-error';
import { sleep } from './sleep';

export interface RetryPolicy {
  /** Tries in all. */
  readonly tries: number;
  /** Milliseconds: the wait before retry n is a random part of `firstWaitMs · 2ⁿ`, at most of `maxWaitMs`. */
  readonly firstWaitMs: number;
  readonly maxWaitMs: number;
  /** A provider that asks for a longer wait than this is not asked again. */
  readonly maxRetryAfterMs: number;
  /** 0 to 1. */
  readonly random: () => number;
  /** Rejects when `signal` aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

export const RETRY_POLICY: RetryPolicy = {
  tries: 3,
  firstWaitMs: 500,
  maxWaitMs: 8_000,
  maxRetryAfterMs: 30_000,
  random: Math.random,
  wait: sleep,
};

/** Milliseconds to wait before the provider is asked once more after its try number `attempt` (the first is 1); undefined: it is not asked again. */
export function waitAfter(error: unknown, attempt: number, policy: RetryPolicy): number | undefined {
  if (attempt >= policy.tries || !mayPass(error)) return undefined;
  const usual = policy.random() * Math.min(policy.maxWaitMs, policy.firstWaitMs * 2 ** (attempt - 1));
  const waitMs = Math.round(error.retryAfterMs ?? usual);
  return waitMs > policy.maxRetryAfterMs ? undefined : waitMs;
}

/**
 * Connect errors, 408, 409, 429, 5xx and 529, and the same said inside a stream. Not our own deadlines: a provider that
 * was silent for a minute would be waited for thrice. Not a used-up quota, which also comes as 429.
 */
function mayPass(error: unknown): error is ProviderError {
  if (!(error instanceof ProviderError)) return false;
  switch (error.kind) {
    case 'network':
    case 'rate_limit':
    case 'overloaded':
    case 'server':
      return true;
    case 'timeout':
      return error.status !== undefined;
    default:
      return false;
  }
}
