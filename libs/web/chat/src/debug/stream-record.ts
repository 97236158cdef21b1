import { computed, signal } from '@angular/core';
import { type StreamNote } from '@echo/web-chat-client';
import { type Connection, withNote } from './connection';

/** So many notes are kept one by one, the newest: half a minute of a fast answer. */
const KEPT = 2_000;
/** So many connections are remembered, the newest: where other tabs have the streams, this one looks every second for what has come. */
const REMEMBERED = 500;

const NOTHING = { events: 0, lastSeq: 0, bytes: 0, connections: 0 };

/** What was noted on the connections of the page: the newest notes one by one, and of all before what they come to. */
export class StreamRecord {
  private readonly kept = signal<readonly StreamNote[]>([]);
  private readonly known = signal<ReadonlyMap<number, Connection>>(new Map());
  private readonly counted = signal(NOTHING);

  readonly notes = this.kept.asReadonly();
  /** Those that are known from their beginning. */
  readonly connections = computed(() => [...this.known().values()]);
  readonly sums = this.counted.asReadonly();
  /** When the first note came, in milliseconds of this client's clock. */
  startedAt = 0;

  add(notes: readonly StreamNote[]): void {
    if (this.kept().length === 0) this.startedAt = notes[0]?.at ?? 0;
    this.kept.update((kept) => [...kept, ...notes].slice(-KEPT));
    const known = new Map(this.known());
    const sums = { ...this.counted() };
    for (const note of notes) {
      const connection = withNote(known.get(note.connection), note);
      if (connection !== undefined) known.set(note.connection, connection);
      if (note.kind === 'asked') sums.connections++;
      if (note.kind === 'event') Object.assign(sums, { events: sums.events + 1, lastSeq: note.seq });
      if (note.kind === 'bytes') sums.bytes += note.count;
    }
    this.known.set(new Map([...known].slice(-REMEMBERED)));
    this.counted.set(sums);
  }

  clear(): void {
    this.kept.set([]);
    this.known.set(new Map());
    this.counted.set(NOTHING);
  }
}
