import { type StreamEnd, type StreamNote } from '@echo/web-chat-client';

/** Bytes that came together, and the milliseconds since those before. */
interface Read {
  readonly count: number;
  readonly pause: number;
}

/** One connection as its notes tell it. Times in milliseconds. */
export interface Connection {
  readonly number: number;
  readonly askedAt: number;
  readonly openedAt: number | undefined;
  readonly firstEventAt: number | undefined;
  readonly lastEventAt: number | undefined;
  /** Events with text. */
  readonly contents: number;
  /** Whether it goes on with a run that was under way: its past comes at once, as it should. */
  readonly isReplay: boolean;
  readonly reads: readonly Read[];
  readonly end: StreamEnd | undefined;
  /** From the question to the end, and from the last bytes to the end; 0 while it is open. */
  readonly age: number;
  readonly quiet: number;
}

/** The connections that notes tell of, each known from its beginning. */
export function connectionsIn(notes: readonly StreamNote[]): Connection[] {
  const known = new Map<number, StreamNote[]>();
  for (const note of notes) {
    if (note.kind === 'asked') known.set(note.connection, [note]);
    else known.get(note.connection)?.push(note);
  }
  return [...known].map(([number, its]) => connectionOf(number, its));
}

function connectionOf(number: number, notes: readonly StreamNote[]): Connection {
  const asked = notes.find((note) => note.kind === 'asked');
  const ended = notes.find((note) => note.kind === 'ended');
  const events = notes.filter((note) => note.kind === 'event');
  const bytes = notes.filter((note) => note.kind === 'bytes');
  const askedAt = asked?.at ?? 0;
  return {
    number,
    askedAt,
    openedAt: notes.find((note) => note.kind === 'opened')?.at,
    firstEventAt: events[0]?.at,
    lastEventAt: events.at(-1)?.at,
    contents: events.filter(({ chars }) => chars > 0).length,
    isReplay: asked?.what.startsWith('GET') ?? false,
    reads: bytes.map(({ count, at }, index) => ({ count, pause: at - (bytes[index - 1]?.at ?? askedAt) })),
    end: ended?.how,
    age: ended ? ended.at - askedAt : 0,
    quiet: ended ? ended.at - (bytes.at(-1)?.at ?? askedAt) : 0,
  };
}
