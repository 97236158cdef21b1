import { type StreamNote } from '@echo/web-chat-client';

/** A note as the panel shows it. */
export interface NoteLine {
  /** Seconds since the first note. */
  readonly time: string;
  readonly connection: string;
  readonly seq: string;
  readonly what: string;
}

const ENDS = {
  complete: 'ended after the last event',
  left: 'hung up by this page',
  cut: 'cut',
  silent: 'given up: nothing came, not even a heartbeat',
  malformed: 'given up: not readable',
  refused: 'refused, or no answer',
} as const;

export function noteLine(note: StreamNote, start: number): NoteLine {
  return {
    time: `+${((note.at - start) / 1000).toFixed(3)}`,
    connection: `#${note.connection}`,
    seq: note.kind === 'event' ? String(note.seq) : '',
    what: whatOf(note),
  };
}

function whatOf(note: StreamNote): string {
  switch (note.kind) {
    case 'asked':
      return note.what;
    case 'opened':
      return 'the server began to answer';
    case 'bytes':
      return `${note.count} bytes`;
    case 'event':
      return note.chars > 0 ? `${note.type}, ${note.chars} characters` : note.type;
    case 'ended':
      return ENDS[note.how];
  }
}
