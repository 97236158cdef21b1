import { type Readable } from 'node:stream';
import { providerFault } from '../errors/provider-fault';

/** After the last byte that matters: so many more characters and milliseconds are read, so that the connection can be used again. */
const DRAIN = { chars: 4_096, ms: 500 };
/** Bytes that may lie here unread before the sender has to wait. */
const MAX_UNREAD = 64 * 1024;

/** The body of an answer as UTF-8 text: read once, in order, and always released. */
export class HttpBody {
  #wake: () => void = () => undefined;
  /** What came and was not read. Kept here, since a stream that breaks forgets it. */
  #unread: Buffer[] = [];
  #unreadBytes = 0;
  readonly #decoder = new TextDecoder();
  #peeked = '';
  #ended = false;
  #finishing = false;

  constructor(
    private readonly source: Readable,
    private readonly provider: string,
    private readonly signal: AbortSignal,
  ) {
    // An error between two reads is reported by the one after the last bytes. Listening is cheaper than the stream's own iterator, once per piece of an answer.
    const wake = (): void => this.#wake();
    const keep = (bytes: Buffer): void => this.#keep(bytes);
    source.on('data', keep).on('error', wake).on('end', wake).on('close', wake);
  }

  /** The next text, or undefined at the clean end. Throws kind `aborted` or, when the connection broke, `truncated`. */
  async next(): Promise<string | undefined> {
    if (this.#peeked !== '') {
      const text = this.#peeked;
      this.#peeked = '';
      return text;
    }
    return this.#read();
  }

  /** The first character that is not white space, without taking it; '' when there is none. */
  async peek(): Promise<string> {
    for (;;) {
      const first = this.#peeked.trimStart().charAt(0);
      if (first !== '') return first;
      const text = await this.#read();
      if (text === undefined) return '';
      this.#peeked += text;
    }
  }

  /** The whole body. Throws kind `protocol` past `maxChars` UTF-16 units. */
  async text(maxChars: number): Promise<string> {
    let text = '';
    for (let piece = await this.next(); piece !== undefined; piece = await this.next()) {
      text += piece;
      if (text.length > maxChars)
        throw providerFault('protocol', this.provider, { logDetail: `the body is longer than ${maxChars} characters` });
    }
    return text;
  }

  /** The beginning of the body: what comes within `maxChars` and `ms`. A broken or endless body is no error here. */
  async excerpt(maxChars: number, ms: number): Promise<string> {
    const timer = setTimeout(() => this.source.destroy(), ms);
    let text = '';
    try {
      for (let piece = await this.next(); piece !== undefined; piece = await this.next()) {
        text += piece;
        if (text.length > maxChars) break;
      }
    } catch (error) {
      // Cut off while saying what went wrong: what came must do. A stop by the caller is passed on.
      if (this.signal.aborted) throw error;
    } finally {
      clearTimeout(timer);
      this.release();
    }
    return text;
  }

  /** Closes the connection, unless the body was read to its end. */
  release(): void {
    if (!this.#ended && !this.#finishing) this.source.destroy();
  }

  /** Instead of `release`, when nothing more is wanted but the end is near: the connection lives on if the provider ends the body soon. */
  finish(): void {
    if (this.#ended || this.#finishing) return;
    this.#finishing = true;
    void this.#drain();
  }

  #keep(bytes: Buffer): void {
    this.#unread.push(bytes);
    this.#unreadBytes += bytes.length;
    if (this.#unreadBytes >= MAX_UNREAD) this.source.pause();
    this.#wake();
  }

  #takeUnread(): Uint8Array | undefined {
    const [first, ...more] = this.#unread;
    if (first === undefined) return undefined;
    if (this.#unreadBytes >= MAX_UNREAD) this.source.resume();
    this.#unread = [];
    this.#unreadBytes = 0;
    return more.length === 0 ? first : Buffer.concat([first, ...more]);
  }

  async #read(): Promise<string | undefined> {
    if (this.signal.aborted) throw providerFault('aborted', this.provider);
    try {
      const bytes = await this.#bytes();
      if (bytes !== undefined) return this.#decoder.decode(bytes, { stream: true });
    } catch (error) {
      this.#ended = true;
      if (this.signal.aborted) throw providerFault('aborted', this.provider);
      throw providerFault('truncated', this.provider, { cause: error });
    }
    if (this.signal.aborted) throw providerFault('aborted', this.provider);
    if (this.#ended) return undefined;
    this.#ended = true;
    return this.#decoder.decode() || undefined;
  }

  /** What has come, at least one byte; undefined at the clean end. */
  async #bytes(): Promise<Uint8Array | undefined> {
    for (;;) {
      const bytes = this.#takeUnread();
      if (bytes !== undefined) return bytes;
      if (this.source.readableEnded) return undefined;
      if (this.source.destroyed) throw this.source.errored ?? new Error('The connection was closed.');
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  async #drain(): Promise<void> {
    const timer = setTimeout(() => this.source.destroy(), DRAIN.ms);
    timer.unref();
    try {
      let chars = 0;
      for (let piece = await this.next(); piece !== undefined && chars < DRAIN.chars; piece = await this.next()) chars += piece.length;
    } catch {
      // The answer is complete: how its connection ends interests nobody.
    } finally {
      clearTimeout(timer);
      if (!this.#ended) this.source.destroy();
    }
  }
}
