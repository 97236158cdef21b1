import { ProviderError } from '../errors/provider-error';

/** One timer that aborts its signal. */
export class Stopwatch {
  readonly #expiry = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #paused = false;
  /** Counts the signs of life. */
  #signs = 0;

  constructor(
    ms: number,
    private sentence: string,
  ) {
    this.#start(ms);
  }

  get signal(): AbortSignal {
    return this.#expiry.signal;
  }

  /** Goes on with another duration, and another sentence for its end. */
  next(ms: number, sentence: string): void {
    this.sentence = sentence;
    this.#signs++;
    clearTimeout(this.#timer);
    this.#start(ms);
  }

  pause(): void {
    this.#paused = true;
  }

  restart(): void {
    this.#paused = false;
    this.#signs++;
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
      const signs = this.#signs;
      // It may be this process that slept: what lies at its sockets is read first, and counts.
      setImmediate(() => {
        if (!this.#paused && this.#signs === signs && this.#timer) this.#expiry.abort();
      });
    }, ms);
  }
}
