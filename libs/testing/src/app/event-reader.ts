import { createParser } from 'eventsource-parser';
import { type RunEvent } from '@echo/contract';

export interface ReadEvent {
  readonly id: string | undefined;
  readonly event: RunEvent;
  /** Milliseconds of `performance.now()` when it came. */
  readonly at: number;
}

/** Reads a stream of run events as a client does, and keeps everything it saw. */
export class EventReader {
  readonly events: ReadEvent[] = [];
  readonly comments: string[] = [];
  /** The bytes as text. */
  raw = '';
  /** Whether the connection ended as HTTP requires. */
  readonly ended: Promise<'clean' | 'cut'>;
  private wake: () => void = () => undefined;
  private isOver = false;

  private constructor(
    readonly response: Response,
    private readonly abort: AbortController,
  ) {
    this.ended = this.read();
  }

  /** Sends a request and begins to read its answer. */
  static async open(url: string, init: RequestInit = {}): Promise<EventReader> {
    const abort = new AbortController();
    return new EventReader(await fetch(url, { ...init, signal: abort.signal }), abort);
  }

  /** Posts a JSON body with `stream: true`. */
  static post(url: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<EventReader> {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ ...body, stream: true }),
    };
    return EventReader.open(url, init);
  }

  /** The text that came. */
  get text(): string {
    return this.events.map(({ event }) => (event.type === 'content' ? event.chunk : '')).join('');
  }

  get last(): RunEvent | undefined {
    return this.events.at(-1)?.event;
  }

  /** Waits until `test` holds. Throws when the stream ends before. */
  async until(test: (reader: EventReader) => boolean): Promise<this> {
    while (!test(this)) {
      if (this.isOver) throw new Error(`The stream ended before it was so:\n${this.raw}`);
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    return this;
  }

  /** Waits for the end of the stream. */
  async all(): Promise<this> {
    await this.ended;
    return this;
  }

  /** Hangs up. */
  leave(): void {
    this.abort.abort();
  }

  private async read(): Promise<'clean' | 'cut'> {
    const parser = createParser({
      onEvent: ({ id, data }) => this.events.push({ id, event: JSON.parse(data) as RunEvent, at: performance.now() }),
      onComment: (comment) => this.comments.push(comment),
    });
    const decoder = new TextDecoder();
    try {
      for await (const bytes of this.response.body ?? []) {
        const text = decoder.decode(bytes, { stream: true });
        this.raw += text;
        parser.feed(text);
        this.wake();
      }
      return 'clean';
    } catch {
      // A cut connection is one of the things that tests look for.
      return 'cut';
    } finally {
      this.isOver = true;
      this.wake();
    }
  }
}
