import { isTerminal, type RunEvent, type StartEvent } from '@echo/contract';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { EventReader } from '../app/event-reader';
import { type SeenConnection } from './run-history';

/** Milliseconds without a byte, after which a connection is taken for dead: heartbeats come every five seconds. */
const SILENCE_MS = 10_000;
const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 1_000;

export interface ViewerOptions {
  /** Origins, in the order in which they are tried; asked for anew each time. */
  readonly origins: () => readonly string[];
  /** Fields of the request besides the prompt. */
  readonly body?: object;
  readonly key?: string;
  /** Headers of every request: who is asking. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds until it gives up. */
  readonly patience?: number;
}

/** Who asks once and wants the whole answer, as the web page does: resumes after the last event that came, and posts again, under the same key, only where nothing did. */
export class Viewer {
  readonly readers: EventReader[] = [];
  /** Statuses of answers that were no stream. */
  readonly refusals: number[] = [];
  /** Tries in all, also those that reached nobody. */
  tries = 0;
  readonly key: string;
  private readonly seen: { readonly after: number; readonly isLive: boolean; readonly reader: EventReader }[] = [];
  private isLeaving = false;

  constructor(
    readonly prompt: string,
    private readonly options: ViewerOptions,
  ) {
    this.key = options.key ?? randomUUID();
  }

  /** What came, connection by connection. */
  get connections(): SeenConnection[] {
    return this.seen.map(({ reader, ...rest }) => ({ ...rest, events: reader.events }));
  }

  get events(): RunEvent[] {
    return this.readers.flatMap(({ events }) => events.map(({ event }) => event));
  }

  get text(): string {
    return this.events.map((event) => (event.type === 'content' ? event.chunk : '')).join('');
  }

  get last(): RunEvent | undefined {
    return this.events.at(-1);
  }

  get start(): StartEvent | undefined {
    return this.events.find((event) => event.type === 'start');
  }

  /** The number of the last event. */
  get seq(): number {
    return Number(this.readers.flatMap(({ events }) => events).at(-1)?.id ?? 0);
  }

  /** Watches until the answer has ended. Throws when that takes longer than its patience. */
  async watch(): Promise<this> {
    const deadline = performance.now() + (this.options.patience ?? 60_000);
    let wait = FIRST_WAIT_MS;
    while (!this.isLeaving && !(this.last && isTerminal(this.last))) {
      const before = this.seq;
      await this.connect();
      if (this.seq > before) wait = FIRST_WAIT_MS;
      else await delay((wait = Math.min(2 * wait, LONGEST_WAIT_MS)));
      if (performance.now() > deadline)
        throw new Error(`The answer to "${this.prompt}" did not end. ${this.tries} tries, refused: ${this.refusals.join(' ')}`);
    }
    return this;
  }

  /** Waits until `test` holds. Throws when it gave up before. */
  async until(test: (viewer: this) => boolean): Promise<this> {
    while (!test(this)) {
      if (this.isLeaving) throw new Error(`It left before it was so: ${this.text}`);
      await delay(5);
    }
    return this;
  }

  /** Hangs up for good. */
  leave(): void {
    this.isLeaving = true;
    this.readers.at(-1)?.leave();
  }

  /** Hangs up and comes again. */
  drop(): void {
    this.readers.at(-1)?.leave();
  }

  private async connect(): Promise<void> {
    const origins = this.options.origins();
    const origin = origins[this.tries % Math.max(1, origins.length)] ?? '';
    const after = this.seq;
    const isLive = this.tries++ === 0 && this.options.key === undefined;
    const reader = await this.open(origin, after).catch(() => undefined); // Nobody there, or cut before the answer: the next try tells.
    if (!reader) return;
    if (reader.response.status !== 200) {
      this.refusals.push(reader.response.status);
      await reader.all();
      return;
    }
    this.readers.push(reader);
    this.seen.push({ after, isLive, reader });
    await Promise.race([reader.ended, this.silence(reader)]);
    reader.leave();
    await reader.ended;
  }

  private open(origin: string, after: number): Promise<EventReader> {
    const { start } = this;
    const { body, headers } = this.options;
    if (start)
      return EventReader.open(`${origin}/api/runs/${start.run_id}/events`, { headers: { 'last-event-id': String(after), ...headers } });
    return EventReader.post(`${origin}/api/chat`, { ...body, prompt: this.prompt }, { 'idempotency-key': this.key, ...headers });
  }

  private async silence(reader: EventReader): Promise<void> {
    for (let length = -1, since = performance.now(); performance.now() - since < SILENCE_MS; await delay(100, undefined, { ref: false })) {
      if (reader.raw.length !== length) [length, since] = [reader.raw.length, performance.now()];
      if (this.readers.at(-1) !== reader) return;
    }
  }
}
