import { type IncomingMessage } from 'node:http';

/** A request as it arrived, and what became of it. */
export class ScriptedRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  /** Resolves when the answer is over, whoever ended it: with the milliseconds of `performance.now()`. */
  readonly closed: Promise<number>;
  /** Whether the client closed the connection before the script was done. */
  leftEarly = false;
  /** Bytes of the answer that were handed to the socket. */
  bytesWritten = 0;
  #close: (at: number) => void = () => undefined;
  #release: () => void = () => undefined;
  readonly #released: Promise<void>;

  constructor(
    message: IncomingMessage,
    /** The raw body. */
    readonly body: string,
    /** 1 for the server's first connection. */
    readonly connection: number,
  ) {
    const url = new URL(message.url ?? '/', 'http://scripted');
    this.method = message.method ?? '';
    this.path = url.pathname;
    this.query = url.searchParams;
    this.headers = message.headers;
    this.closed = new Promise((resolve) => (this.#close = resolve));
    this.#released = new Promise((resolve) => (this.#release = resolve));
  }

  /** The body, parsed. Throws when it is not JSON. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read what they sent
  get json(): any {
    return JSON.parse(this.body);
  }

  /** Lets a script go on that waits at `hold`. */
  release(): void {
    this.#release();
  }

  /** @internal */
  get released(): Promise<void> {
    return this.#released;
  }

  /** @internal */
  close(leftEarly: boolean): void {
    this.leftEarly = leftEarly;
    this.#close(performance.now());
  }
}
