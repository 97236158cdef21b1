import { type StreamEnd, type StreamNote } from '@echo/web-chat-client';

/** Bytes in one read from which on it looks like a buffer that was filled, and the milliseconds before it. */
const BLOCK = 4_096;
const BETWEEN_BLOCKS = 500;

/** What the notes of one connection come to: all that its diagnosis needs, however many they are. Times in milliseconds. */
export interface Connection {
  readonly askedAt: number;
  readonly openedAt?: number;
  /** When the bytes came in which they were: a page that is busy reads them later. */
  readonly firstEventAt?: number;
  readonly lastEventAt?: number;
  readonly lastBytesAt?: number;
  /** Events with text. */
  readonly contents: number;
  /** Whether it goes on with a run that was under way: its past comes at once, as it should. */
  readonly isReplay: boolean;
  /** How often bytes came, and how often as a large block after a pause. */
  readonly reads: number;
  readonly blocks: number;
  readonly end?: StreamEnd;
  /** From the question to the end, and from the last bytes to the end; 0 while it is open. */
  readonly age: number;
  readonly quiet: number;
}

/** A connection, one note later; undefined where its beginning is not known. */
export function withNote(before: Connection | undefined, note: StreamNote): Connection | undefined {
  if (note.kind === 'asked') return { askedAt: note.at, contents: 0, isReplay: note.isReplay, reads: 0, blocks: 0, age: 0, quiet: 0 };
  if (before === undefined) return undefined;
  const { at } = note;
  const bytesAt = before.lastBytesAt ?? before.askedAt;
  switch (note.kind) {
    case 'opened':
      return { ...before, openedAt: at };
    case 'bytes': {
      const isBlock = note.count >= BLOCK && at - bytesAt >= BETWEEN_BLOCKS;
      return { ...before, reads: before.reads + 1, blocks: before.blocks + Number(isBlock), lastBytesAt: at };
    }
    case 'event':
      return {
        ...before,
        firstEventAt: before.firstEventAt ?? before.lastBytesAt ?? at,
        lastEventAt: before.lastBytesAt ?? at,
        contents: before.contents + Number(note.chars > 0),
      };
    case 'ended':
      return { ...before, end: note.how, age: at - before.askedAt, quiet: at - bytesAt };
  }
}
