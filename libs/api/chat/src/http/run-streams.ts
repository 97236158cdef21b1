import { type Requester, Standing } from '@echo/api-security';
import { HEARTBEAT_MS, isText, type SequencedEvent } from '@echo/contract';
import { Injectable, type MessageEvent } from '@nestjs/common';
import { type Request, type Response } from 'express';
import { type Socket } from 'node:net';
import { Observable } from 'rxjs';
import { ChatService, type Started } from '../chat.service';
import { tellAllowances } from '../limits/allowance-headers';
import { RunObserver } from '../run-observer';
import { endOfStay } from './end-of-stay';

/** Characters that may wait in a viewer's stream before the viewer is dropped. Its run goes on. */
export const MAX_PENDING_CHARS = 256 * 1024;
/** A replay waits while this many bytes have not left for the viewer. */
const PACE_BYTES = 64 * 1024;
const PACE_MS = 20;

const STAY_ENDED = {
  type: 'error',
  message: 'The session has ended. Sign in again; the answer is kept as far as it came.',
  code: 'session_ended',
  retryable: false,
} as const;

/** Shows runs as server-sent events: the original's wire, extended. */
@Injectable()
export class RunStreams {
  private showing = 0;

  constructor(
    private readonly chat: ChatService,
    private readonly observer: RunObserver,
    private readonly standing: Standing,
  ) {}

  /** Streams that are shown now. */
  get size(): number {
    return this.showing;
  }

  /** A run that was just asked for, from its beginning. */
  begin(request: Request, asker: Requester, { runId, allowances }: Started): Observable<MessageEvent> {
    tellAllowances(request.res, allowances);
    return this.open(request, asker, runId);
  }

  /** The events of the asker's run after `after`, to its end or the end of the asker's stay, with heartbeats between them. */
  open(request: Request, asker: Requester, runId: string, after = 0): Observable<MessageEvent> {
    const events = this.chat.follow(asker, runId, after, () => drained(request.res));
    const packets = new Packets(request.socket);
    return new Observable<MessageEvent>((viewer) => {
      this.showing++;
      packets.gather();
      let hasLeft = false;
      // Before Nest hears of it, which ends the showing.
      const leave = (): void => void (hasLeft = true);
      request.socket.prependOnceListener('close', leave);
      const heartbeat = setInterval(() => viewer.next({ comment: 'heartbeat' }), HEARTBEAT_MS);
      let last = Math.max(1, after);
      let hasText = false;
      const subscription = events.subscribe({
        next: (event) => {
          packets.gather();
          last = event.seq;
          hasText ||= isText(event.event);
          viewer.next(encode(event));
        },
        complete: () => viewer.complete(),
        // A clean end would look like the end of the answer: cut the connection, so that the client resumes.
        error: () => request.socket.destroy(),
      });
      subscription.add(
        endOfStay(this.standing, asker).subscribe(() => {
          // Under the number of what was seen last: it is no event of the run, and whoever comes back goes on after it.
          viewer.next(encode({ seq: last, event: { ...STAY_ENDED, partial: hasText } }));
          viewer.complete();
        }),
      );
      return () => {
        this.showing--;
        clearInterval(heartbeat);
        subscription.unsubscribe();
        request.socket.off('close', leave);
        if (request.socket.destroyed && !hasLeft) this.observer.droppedReader();
      };
    });
  }
}

/**
 * Sends what one turn of the event loop writes as one packet: headers and the first event, the last text and the end. By the socket: a response that is
 * uncorked sends each piece alone.
 */
class Packets {
  #isGathering = false;

  constructor(private readonly socket: Socket) {}

  gather(): void {
    if (this.#isGathering) return;
    this.#isGathering = true;
    this.socket.cork();
    setImmediate(() => {
      this.#isGathering = false;
      this.socket.uncork();
    });
  }
}

function encode({ seq, event }: SequencedEvent): MessageEvent {
  return { id: String(seq), data: JSON.stringify(event) };
}

async function drained(response: Response | undefined): Promise<void> {
  while (response && !response.destroyed && response.writableLength > PACE_BYTES)
    await new Promise((resolve) => setTimeout(resolve, PACE_MS));
}
