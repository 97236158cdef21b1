/** A response body that a test writes piece by piece. */
export class FakeStream {
  readonly #pieces: Uint8Array[] = [];
  #wanted: { resolve(result: { done: boolean; value?: Uint8Array }): void; reject(error: unknown): void } | undefined;
  #end: 'open' | 'done' | Error = 'open';
  /** Whether the reader hung up. */
  cancelled = false;
  /** How many times something was written. */
  written = 0;

  constructor(
    /** Bytes in one piece; one cuts every line and every character apart. */
    private readonly pieceBytes = Infinity,
  ) {}

  push(text: string): this {
    this.written++;
    const bytes = new TextEncoder().encode(text);
    for (let at = 0; at < bytes.length; at += this.pieceBytes)
      this.#pieces.push(bytes.slice(at, Math.min(bytes.length, at + this.pieceBytes)));
    this.#deliver();
    return this;
  }

  /** Ends as a socket that was closed in good order. */
  end(): void {
    this.#end = 'done';
    this.#deliver();
  }

  /** Ends as a socket that was cut. */
  cut(error: Error = new TypeError('network error')): void {
    this.#end = error;
    this.#deliver();
  }

  get body(): ReadableStream<Uint8Array> {
    const reader = {
      read: () =>
        new Promise((resolve, reject) => {
          this.#wanted = { resolve, reject };
          this.#deliver();
        }),
      cancel: () => {
        this.cancelled = true;
        return Promise.resolve();
      },
    };
    return { getReader: () => reader } as unknown as ReadableStream<Uint8Array>;
  }

  #deliver(): void {
    const wanted = this.#wanted;
    if (!wanted) return;
    const value = this.#pieces.shift();
    if (!value && this.#end === 'open') return;
    this.#wanted = undefined;
    if (value) wanted.resolve({ done: false, value });
    else if (this.#end instanceof Error) wanted.reject(this.#end);
    else wanted.resolve({ done: true });
  }
}
