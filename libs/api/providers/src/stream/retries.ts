import { providerFault } from '../errors/provider-fault';
import { ProviderError, runErrorCodeOf } from '../errors/provider-error';
import { type LanguageModel, type ModelPart, type ModelRequest } from '../language-model';
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

/** Asks again after a failure that may pass, as long as no content came. Each wait is announced by a `status` part. */
export function withRetries(model: LanguageModel, policy: RetryPolicy, provider: string): LanguageModel {
  async function* stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelPart> {
    for (let attempt = 1; ; attempt++) {
      let answered = false;
      try {
        for await (const part of model.stream(request, signal)) {
          answered ||= part.type !== 'status';
          yield part;
        }
        return;
      } catch (error) {
        if (answered || attempt >= policy.tries || !mayPass(error) || signal.aborted) throw error;
        const waitMs = Math.round(
          error.retryAfterMs ?? policy.random() * Math.min(policy.maxWaitMs, policy.firstWaitMs * 2 ** (attempt - 1)),
        );
        if (waitMs > policy.maxRetryAfterMs) throw error;
        yield { type: 'status', status: 'retrying', reason: runErrorCodeOf(error.kind), waitMs };
        try {
          await policy.wait(waitMs, signal);
        } catch (cause) {
          throw providerFault('aborted', provider, { cause });
        }
      }
    }
  }
  return { id: model.id, continues: model.continues, stream };
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
