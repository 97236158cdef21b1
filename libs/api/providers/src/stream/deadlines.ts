import { seconds } from '../errors/provider-fault';
import { ProviderError } from '../errors/provider-error';
import { type LanguageModel, type ModelPart, type ModelRequest } from '../language-model';
import { type WireModel } from '../wire-model';

export interface Deadlines {
  /** Milliseconds until the first piece of text or reasoning. */
  readonly firstContentMs: number;
  /** Milliseconds between two signs of life after it. */
  readonly idleMs: number;
}

/** Fails with kind `timeout` when the provider keeps us waiting too long. The time that the consumer takes does not count. */
export function withDeadlines(model: WireModel, { firstContentMs, idleMs }: Deadlines, provider: string): LanguageModel {
  async function* stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelPart> {
    const timer = new Stopwatch(
      firstContentMs,
      `${provider} sent nothing for ${seconds(firstContentMs)}. Try again, or choose another model.`,
    );
    const idleSentence = `${provider} fell silent for ${seconds(idleMs)} in the middle of the answer. What came is kept; ask again for the whole answer.`;
    try {
      for await (const part of model.stream(request, AbortSignal.any([signal, timer.signal]))) {
        switch (part.type) {
          case 'activity':
            if (timer.started > 1) timer.restart();
            break;
          case 'unstreamed':
            timer.stop();
            break;
          case 'text':
          case 'reasoning':
            if (timer.started === 1) timer.next(idleMs, idleSentence);
            timer.pause();
            yield part;
            timer.restart();
            break;
          case 'status':
          case 'finish':
            timer.pause();
            yield part;
            timer.restart();
        }
      }
    } catch (error) {
      throw timer.verdict(error, signal);
    } finally {
      timer.stop();
    }
  }
  return { id: model.id, continues: model.continues, stream };
}

/** Fails with kind `timeout` when the whole answer, retries included, takes longer than `totalMs`. */
export function withTotalDeadline(model: LanguageModel, totalMs: number, provider: string): LanguageModel {
  async function* stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelPart> {
    const timer = new Stopwatch(totalMs, `${provider} did not finish within ${seconds(totalMs)}. What came is kept; ask for less.`);
    try {
      yield* model.stream(request, AbortSignal.any([signal, timer.signal]));
    } catch (error) {
      throw timer.verdict(error, signal);
    } finally {
      timer.stop();
    }
  }
  return { id: model.id, continues: model.continues, stream };
}

/** One timer that aborts its signal. */
class Stopwatch {
  readonly #expiry = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #paused = false;
  /** How many durations it has had. */
  started = 1;

  constructor(
    ms: number,
    private sentence: string,
  ) {
    this.#start(ms);
  }

  get signal(): AbortSignal {
    return this.#expiry.signal;
  }

  next(ms: number, sentence: string): void {
    this.started++;
    this.sentence = sentence;
    clearTimeout(this.#timer);
    this.#start(ms);
  }

  pause(): void {
    this.#paused = true;
  }

  restart(): void {
    this.#paused = false;
    this.#timer?.refresh();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** What an error really was: our own expiry shows itself as an abort. */
  verdict(error: unknown, caller: AbortSignal): unknown {
    const ours = this.#expiry.signal.aborted && !caller.aborted && error instanceof ProviderError && error.kind === 'aborted';
    return ours ? new ProviderError('timeout', this.sentence) : error;
  }

  #start(ms: number): void {
    this.#timer = setTimeout(() => {
      if (!this.#paused) this.#expiry.abort();
    }, ms);
  }
}
