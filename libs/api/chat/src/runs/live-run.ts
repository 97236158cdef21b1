import { isTerminal, isText, type RunEvent, type SequencedEvent, type StartEvent } from '@echo/contract';
import { EventRing } from './event-ring';

/** Why a run is being ended from our side. */
export type StopCause = 'person' | 'shutdown' | 'storage' | 'fenced';

/** A run that this process is making: what it said and is not stored yet, what was stored last, and who is watching. */
export class LiveRun {
  private readonly abort = new AbortController();
  private readonly ring = new EventRing();
  private readonly viewers = new Set<(event: SequencedEvent) => void>();
  private pending: RunEvent[] = [];
  private seq: number;
  private released = false;
  private cause: StopCause | undefined;
  private endRun!: () => void;
  /** Whether text was taken for storing. */
  hasText = false;
  /** Characters said and not yet stored. */
  unstoredChars = 0;
  /** Settles when the terminal event is stored and delivered, or this process may write no more. */
  readonly ended = new Promise<void>((resolve) => (this.endRun = resolve));

  /** `prefix`: what the answer begins with, or nothing. */
  constructor(
    readonly start: StartEvent,
    readonly prefix = '',
  ) {
    // The accept transaction stored these.
    const stored: RunEvent[] = [start, ...(prefix ? [{ chunk: prefix, type: 'content' } as const] : [])];
    stored.forEach((event, index) => this.ring.push({ seq: index + 1, event }));
    this.seq = stored.length;
  }

  get id(): string {
    return this.start.run_id;
  }

  /** Aborted when the run shall end. */
  get signal(): AbortSignal {
    return this.abort.signal;
  }

  get stopCause(): StopCause | undefined {
    return this.cause;
  }

  /** Ends the run from our side; the first cause counts. The provider's socket is closed at once. */
  stop(cause: StopCause): void {
    if (this.cause) return;
    this.cause = cause;
    this.abort.abort();
  }

  /** Adds an event. Nobody sees it before it is stored. Text joins text that waits. */
  say(event: RunEvent): void {
    const last = this.pending.at(-1);
    if (isText(event)) {
      this.unstoredChars += event.chunk.length;
      if (last?.type === event.type) {
        this.pending[this.pending.length - 1] = { chunk: last.chunk + event.chunk, type: event.type };
        return;
      }
    }
    this.pending.push(event);
  }

  /** Whether the group commit has something to store for this run. */
  get isWaiting(): boolean {
    return this.pending.length > 0 && !this.released;
  }

  /** Leaves the group commit: whoever calls this stores the rest. */
  release(): void {
    this.released = true;
  }

  /** Takes what waits, with its numbers. It must be stored under these and then delivered. */
  take(): SequencedEvent[] {
    const taken = this.pending.map((event) => ({ seq: ++this.seq, event }));
    this.hasText ||= this.pending.some(isText);
    this.pending = [];
    return taken;
  }

  /** Takes back the numbers of what was taken last and will not be stored. */
  forgo(events: readonly SequencedEvent[]): void {
    this.seq -= events.length;
  }

  /** Nothing more will come from this process. */
  settle(): void {
    this.endRun();
  }

  /** Hands stored events to the viewers. */
  deliver(events: readonly SequencedEvent[]): void {
    for (const each of events) {
      if (isText(each.event)) this.unstoredChars -= each.event.chunk.length;
      this.ring.push(each);
      for (const view of this.viewers) view(each);
      if (isTerminal(each.event)) this.endRun();
    }
  }

  /**
   * Calls `view` with every stored event after `seq`, those of the past before it returns. Returns how to stop watching; undefined when
   * events after `seq` are no longer in memory and must be read from the log first.
   */
  watch(seq: number, view: (event: SequencedEvent) => void): (() => void) | undefined {
    const past = this.ring.after(seq);
    if (!past) return undefined;
    past.forEach(view);
    this.viewers.add(view);
    return () => this.viewers.delete(view);
  }
}
