import { type CallObserver, endOf } from '../call-observer';
import { ProviderError, runErrorCodeOf } from '../errors/provider-error';
import { providerFault, seconds } from '../errors/provider-fault';
import { type LanguageModel, type ModelPart, type ModelRequest } from '../language-model';
import { type WireModel } from '../wire-model';
import { OutputLimit } from './output-limit';
import { type ProviderBreaker } from './provider-breaker';
import { type RetryPolicy, waitAfter } from './retries';
import { Stopwatch } from './stopwatch';

export interface Guards {
  /** Characters (code points, reasoning included) of an answer; a longer one ends with finish reason `length`. */
  readonly maxChars: number;
  /** Milliseconds until the first piece of text or reasoning, for each try. */
  readonly firstContentMs: number;
  /** Milliseconds between two signs of life after it. */
  readonly idleMs: number;
  /** Milliseconds for the whole answer, all tries together. */
  readonly totalMs: number;
  readonly retries: RetryPolicy;
  /** Hears of each try; absent: nobody does. */
  readonly observer?: CallObserver;
}

/**
 * A model that always ends: fails with kind `timeout` when the provider keeps us waiting (the time that the consumer takes does not count), is cut when it says too
 * much, and is asked again after a failure that may pass, as long as no content came; each wait is announced by a `status` part. All guards stand in
 * one generator: every one more would cost a turn of the event loop for each piece of text.
 */
export function guarded(model: WireModel, guards: Guards, provider: string, breaker?: ProviderBreaker): LanguageModel {
  async function* stream(request: ModelRequest, caller: AbortSignal): AsyncGenerator<ModelPart> {
    const trial = await breaker?.enter();
    const total = new Stopwatch(
      guards.totalMs,
      `${provider} did not finish within ${seconds(guards.totalMs)}. What came is kept; ask for less.`,
    );
    const signal = AbortSignal.any([caller, total.signal]);
    try {
      for (let attempt = 1; ; attempt++) {
        const timer = new Stopwatch(
          guards.firstContentMs,
          `${provider} sent nothing for ${seconds(guards.firstContentMs)}. Try again, or choose another model.`,
        );
        const limit = new OutputLimit(guards.maxChars);
        let hasContent = false;
        const observed = guards.observer?.began({ model: model.id, attempt });
        try {
          for await (const part of model.stream(request, AbortSignal.any([signal, timer.signal]))) {
            if (part.type === 'activity') {
              if (hasContent) timer.restart();
              continue;
            }
            if (part.type === 'unstreamed') {
              timer.stop();
              continue;
            }
            timer.pause();
            // Whoever reads this may leave as soon as it has the finish.
            if (part.type === 'finish') {
              trial?.succeeded();
              observed?.ended(part);
            }
            if (part.type !== 'text' && part.type !== 'reasoning') yield part;
            else {
              if (!hasContent) timer.next(guards.idleMs, idleSentence(provider, guards.idleMs));
              if (!hasContent) trial?.hasContent();
              hasContent = true;
              for (const text of limit.take(part.text)) yield { type: part.type, text };
              if (limit.isPassed) {
                // Leaving the loop closes the provider's stream.
                trial?.succeeded();
                observed?.ended({ reason: 'length' });
                yield { type: 'finish', reason: 'length' };
                return;
              }
            }
            timer.restart();
          }
          return;
        } catch (thrown) {
          timer.stop();
          const error = timer.verdict(thrown, signal);
          observed?.ended(endOf(total.verdict(error, caller)));
          const waitMs = hasContent || signal.aborted ? undefined : waitAfter(error, attempt, guards.retries);
          if (waitMs === undefined || !(error instanceof ProviderError)) throw error;
          yield { type: 'status', status: 'retrying', reason: runErrorCodeOf(error.kind), waitMs };
          await guards.retries.wait(waitMs, signal).catch((cause: unknown) => {
            throw providerFault('aborted', provider, { cause });
          });
        } finally {
          timer.stop();
          // Of one whose reader left in the middle. Of all others the end was told.
          observed?.ended({ error: 'aborted' });
        }
      }
    } catch (thrown) {
      const error = total.verdict(thrown, caller);
      trial?.failed(error);
      throw error;
    } finally {
      trial?.over();
      total.stop();
    }
  }
  return { id: model.id, continues: model.continues, stream };
}

function idleSentence(provider: string, idleMs: number): string {
  return `${provider} fell silent for ${seconds(idleMs)} in the middle of the answer. What came is kept; ask again for the whole answer.`;
}
