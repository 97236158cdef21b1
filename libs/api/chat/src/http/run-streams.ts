import { type Requester } from '@echo/api-security';
import { HEARTBEAT_MS, type SequencedEvent } from '@echo/contract';
import { Injectable, type MessageEvent } from '@nestjs/common';
import { type Request, type Response } from 'express';
import { Observable } from 'rxjs';
import { ChatService } from '../chat.service';

/** Characters that may wait in a viewer's stream before the viewer is dropped. Its run goes on. */
export const MAX_PENDING_CHARS = 256 * 1024;
/** A replay waits while this many bytes have not left for the viewer. */
const PACE_BYTES = 64 * 1024;
const PACE_MS = 20;

/** Shows runs as server-sent events: the original's wire, extended. */
@Injectable()
export class RunStreams {
  constructor(private readonly chat: ChatService) {}

  /** The events of the asker's run after `after`, to its end, with heartbeats between them. */
  open(request: Request, asker: Requester, runId: string, after = 0): Observable<MessageEvent> {
    const events = this.chat.follow(asker, runId, after, () => drained(request.res));
    return new Observable<MessageEvent>((viewer) => {
      const heartbeat = setInterval(() => viewer.next({ comment: 'heartbeat' }), HEARTBEAT_MS);
      const subscription = events.subscribe({
        next: (event) => viewer.next(encode(event)),
        complete: () => viewer.complete(),
        // A clean end would look like the end of the answer: cut the connection, so that the client resumes.
        error: () => request.socket.destroy(),
      });
      return () => {
        clearInterval(heartbeat);
        subscription.unsubscribe();
      };
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
