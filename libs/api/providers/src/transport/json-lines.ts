import { providerFault } from '../errors/provider-fault';
import { type HttpBody } from './http-body';
import { MAX_EVENT_LENGTH, type ServerSentEvent } from './server-sent-events';

/** Reads a body of JSON lines (`application/x-ndjson`) in whatever pieces it comes. Each line is an event; empty lines are none. */
export class JsonLines {
  /** Pieces of the line that has not ended yet. */
  #line: string[] = [];
  #lineLength = 0;
  #isOver = false;

  constructor(
    private readonly body: HttpBody,
    private readonly provider: string,
  ) {}

  /** The lines that the next reads completed, at least one; undefined at the end. */
  async next(): Promise<readonly ServerSentEvent[] | undefined> {
    while (!this.#isOver) {
      const text = await this.body.next();
      this.#isOver = text === undefined;
      const events = text === undefined ? this.#rest() : this.#read(text);
      if (events.length > 0) return events;
    }
    return undefined;
  }

  #read(text: string): ServerSentEvent[] {
    const lines = text.split('\n');
    const rest = lines.pop() ?? '';
    if (lines.length > 0 && this.#line.length > 0) {
      lines[0] = this.#line.join('') + (lines[0] ?? '');
      this.#line = [];
      this.#lineLength = 0;
    }
    if (rest !== '') this.#line.push(rest);
    this.#lineLength += rest.length;
    if (this.#lineLength > MAX_EVENT_LENGTH || lines.some((line) => line.length > MAX_EVENT_LENGTH))
      throw providerFault('protocol', this.provider, { logDetail: `a line is longer than ${MAX_EVENT_LENGTH} characters` });
    return lines.filter((line) => line.trim() !== '').map((data) => ({ data }));
  }

  /** The line that was under way when the stream ended. */
  #rest(): ServerSentEvent[] {
    const data = this.#line.join('');
    return data.trim() === '' ? [] : [{ data, cut: true }];
  }
}
