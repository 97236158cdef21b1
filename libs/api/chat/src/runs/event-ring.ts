import { isText, type SequencedEvent } from '@echo/contract';

/** Characters of text that a run keeps in memory for those who join late. Older events are in the database. */
export const RING_CHARS = 128 * 1024;
/** What an event weighs besides its text. */
const EVENT_CHARS = 64;

/** The newest events of a run, in order and without a gap. */
export class EventRing {
  private events: SequencedEvent[] = [];
  private chars = 0;

  constructor(private readonly capacity = RING_CHARS) {}

  push(event: SequencedEvent): void {
    this.events.push(event);
    this.chars += weightOf(event);
    let dropped = 0;
    while (this.chars > this.capacity && dropped < this.events.length - 1) {
      this.chars -= weightOf(this.events[dropped] as SequencedEvent);
      dropped++;
    }
    if (dropped > 0) this.events = this.events.slice(dropped);
  }

  /** Events after `seq`; undefined when some of them are no longer here. */
  after(seq: number): readonly SequencedEvent[] | undefined {
    const first = this.events[0]?.seq;
    if (first === undefined || seq + 1 < first) return undefined;
    return this.events.slice(seq + 1 - first);
  }
}

function weightOf({ event }: SequencedEvent): number {
  return EVENT_CHARS + (isText(event) ? event.chunk.length : 0);
}
