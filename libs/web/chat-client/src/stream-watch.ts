import { Injectable } from '@angular/core';
import { type RunEvent } from '@echo/contract';
import { Subject } from 'rxjs';

/** `complete`: after the last event. `left`: hung up by us. Else what went wrong. */
export type StreamEnd = 'complete' | 'left' | 'cut' | 'silent' | 'malformed' | 'refused';

/**
 * Something that happened on a connection, for those who look for a fault on the way; never what was written. `asked`: a request left; a replay goes on with a run that was under way. `opened`: the server began to
 * answer. `bytes`: so many came, heartbeats included. `event`: one was read.
 */
export type StreamNote = { readonly connection: number; /** Milliseconds of this client's clock. */ readonly at: number } & (
  | { readonly kind: 'asked'; readonly what: string; readonly isReplay: boolean }
  | { readonly kind: 'opened' }
  | { readonly kind: 'bytes'; readonly count: number }
  | { readonly kind: 'event'; readonly seq: number; readonly type: RunEvent['type']; readonly chars: number }
  | { readonly kind: 'ended'; readonly how: StreamEnd }
);

type Happening = StreamNote extends infer Note ? (Note extends StreamNote ? Omit<Note, 'connection' | 'at'> : never) : never;

/** Where every connection of this page tells what happens on it. Nothing is kept. */
@Injectable({ providedIn: 'root' })
export class StreamWatch {
  readonly #notes = new Subject<StreamNote>();
  #connections = 0;

  readonly notes = this.#notes.asObservable();

  /** Takes note of one more connection. Returns how to tell what happens on it. */
  begin(what: string, isReplay = false): (happening: Happening) => void {
    const connection = ++this.#connections;
    const tell = (happening: Happening): void => {
      // Most of the time nobody looks.
      if (this.#notes.observed) this.#notes.next({ ...happening, connection, at: Date.now() });
    };
    tell({ kind: 'asked', what, isReplay });
    return tell;
  }
}
