import { createParser, type ParseError } from 'eventsource-parser';
import { providerFault } from '../errors/provider-fault';
import { type HttpBody } from './http-body';

/** Characters that one event, or one line, may have. */
export const MAX_EVENT_LENGTH = 1_048_576;

export interface ServerSentEvent {
  /** `error` also for llama.cpp's field of that name. */
  readonly event?: string;
  readonly data: string;
  /** The stream ended before the blank line that ends an event: `data` may be cut. */
  readonly cut?: true;
}

/** Reads a `text/event-stream` body in whatever pieces it comes. Not a generator: each would cost a turn of the event loop for every read. */
export class ServerSentEvents {
  readonly #reader: EventReader;
  #isOver = false;

  constructor(
    private readonly body: HttpBody,
    provider: string,
  ) {
    this.#reader = new EventReader(provider);
  }

  /** The events that the next reads completed, at least one; undefined at the end. */
  async next(): Promise<readonly ServerSentEvent[] | undefined> {
    while (!this.#isOver) {
      const text = await this.body.next();
      this.#isOver = text === undefined;
      const events = text === undefined ? this.#reader.end() : this.#reader.read(text);
      if (events.length > 0) return events;
    }
    return undefined;
  }
}

class EventReader {
  #events: ServerSentEvent[] = [];
  /** Pieces of the line that has not ended yet. */
  #line: string[] = [];
  #lineLength = 0;
  readonly #parser = createParser({
    maxBufferSize: MAX_EVENT_LENGTH,
    onEvent: ({ event, data }) => {
      if (data.length > MAX_EVENT_LENGTH) throw this.#tooLong();
      this.#events.push(event === undefined ? { data } : { event, data });
    },
    onError: (error) => this.#fieldError(error),
  });

  constructor(private readonly provider: string) {}

  read(text: string): ServerSentEvent[] {
    // Only whole lines reach the parser: it forgets the beginning of a line whose field it does not know, and `error:` is one.
    const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
    if (end === 0) {
      this.#keep(text);
      return [];
    }
    const lines = this.#line.length === 0 ? text.slice(0, end) : this.#line.join('') + text.slice(0, end);
    this.#line = [];
    this.#lineLength = 0;
    this.#keep(text.slice(end));
    this.#parser.feed(lines);
    return this.#take();
  }

  /** The event that was under way when the stream ended. */
  end(): ServerSentEvent[] {
    this.#parser.feed(`${this.#line.join('')}\n\n`);
    return this.#take().map((event) => ({ ...event, cut: true }));
  }

  #keep(text: string): void {
    if (text === '') return;
    this.#line.push(text);
    this.#lineLength += text.length;
    if (this.#lineLength > MAX_EVENT_LENGTH) throw this.#tooLong();
  }

  #take(): ServerSentEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  #fieldError({ type, field, value }: ParseError): void {
    if (type === 'max-buffer-size-exceeded') throw this.#tooLong();
    if (field === 'error') this.#events.push({ event: 'error', data: value ?? '' });
  }

  #tooLong(): Error {
    return providerFault('protocol', this.provider, { logDetail: `an event is longer than ${MAX_EVENT_LENGTH} characters` });
  }
}
