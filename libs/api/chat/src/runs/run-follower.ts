import { Refusal } from '@echo/api-security';
import { EventStore, MessageStore, type RunEntity, RunStore } from '@echo/api-persistence';
import { isLive, isTerminal, type RunEvent, type SequencedEvent } from '@echo/contract';
import { Injectable } from '@nestjs/common';
import { Observable, type Subscriber } from 'rxjs';
import { type LiveRun } from './live-run';
import { LiveRuns } from './live-runs';
import { mergeText } from './merge-text';
import { RemoteRuns } from './remote-runs';

/** Events that are read from the log at once. */
const PAGE = 500;

/** Why a viewer is shown nothing more. An abort without a reason of its own makes an error, with a stack, each time. */
const LEFT = 'the viewer left';

/** Waits until a viewer has taken what it was given. */
export type Pace = () => Promise<void>;

export interface FollowedRun {
  readonly id: string;
  readonly ownerId: string;
}

/** Shows a run to one viewer: what was said, then what is being said, to the end. Leaving ends nothing but the showing. */
@Injectable()
export class RunFollower {
  constructor(
    private readonly runs: LiveRuns,
    private readonly events: EventStore,
    private readonly store: RunStore,
    private readonly messages: MessageStore,
    private readonly remote: RemoteRuns,
  ) {}

  /** Events of the asker's run after `after`. The run must have been looked up for this asker. */
  follow(run: FollowedRun, after: number, pace: Pace = async () => {}): Observable<SequencedEvent> {
    return new Observable((viewer) => {
      const abort = new AbortController();
      this.show(run, after, pace, viewer, abort.signal).catch((error: unknown) => viewer.error(error));
      return () => abort.abort(LEFT);
    });
  }

  /** Whether anything comes after `after`, and whether it can still be told. Throws `Refusal` when the events are gone. */
  async hasMore(run: RunEntity, after: number): Promise<boolean> {
    if (isLive(run.status)) return true;
    if (run.lastSeq === null || after >= run.lastSeq) return false;
    const [next] = await this.events.read(run.id, after, 1);
    if (!next && after > 0) {
      throw new Refusal('events_expired', 'The events of this run are gone. Read the message; it holds the whole answer.', {
        run_id: run.id,
        message_id: run.messageId,
        conversation_id: run.conversationId,
      });
    }
    return true;
  }

  private async show(run: FollowedRun, after: number, pace: Pace, viewer: Subscriber<SequencedEvent>, signal: AbortSignal): Promise<void> {
    let seq = after;
    let isCaughtUp = false;
    while (!signal.aborted) {
      const live = this.runs.get(run.id);
      if (live && watch(live, seq, viewer, signal)) return;
      const page = isCaughtUp ? await this.remote.next(run.id, seq, signal) : await this.events.read(run.id, seq, PAGE);
      for (const each of mergeText(page)) {
        await pace();
        viewer.next(each);
        seq = each.seq;
        if (isTerminal(each.event)) return viewer.complete();
      }
      if (page.length > 0) continue;
      const now = await this.store.find(run.ownerId, run.id);
      if (isLive(now.status)) {
        // Another replica makes it.
        isCaughtUp = true;
        continue;
      }
      // Its last events came between the two looks, or they were deleted: then the message tells the same.
      isCaughtUp = false;
      if ((await this.events.read(run.id, seq, 1)).length > 0) continue;
      if (seq === 0) for (const each of await this.retell(now)) viewer.next(each);
      return viewer.complete();
    }
  }

  /** A finished run whose events were deleted: start, the whole text, the end. */
  private async retell(run: RunEntity): Promise<SequencedEvent[]> {
    const message = await this.messages.find(run.ownerId, run.messageId);
    const last = run.lastSeq ?? 1;
    const provider = run.usedProvider ?? run.provider;
    const model = run.usedModel ?? run.model;
    const told: RunEvent[] = [
      { type: 'start', conversation_id: run.conversationId, message_id: run.messageId, run_id: run.id, provider, model },
      ...(message.reasoning ? [{ chunk: message.reasoning, type: 'reasoning' } as const] : []),
      ...(message.content ? [{ chunk: message.content, type: 'content' } as const] : []),
      endOf(run, message.content !== ''),
    ];
    // Numbers only grow, and the last one is the run's own.
    return told.map((event, index) => ({ seq: last - (told.length - 1 - index), event }));
  }
}

function endOf(run: RunEntity, partial: boolean): RunEvent {
  if (run.finishReason) {
    const usage = run.usage ?? { input_tokens: 0, output_tokens: 0, estimated: true };
    return { type: 'done', finish_reason: run.finishReason, usage, conversation_id: run.conversationId };
  }
  const error = run.error ?? { message: 'The answer ended early.', code: 'internal_error', retryable: true };
  return { type: 'error', message: error.message, code: error.code, retryable: error.retryable, partial };
}

/** Shows the events of a run in memory after `seq`, to its end. Returns false when some of them are no longer there. */
function watch(live: LiveRun, seq: number, viewer: Subscriber<SequencedEvent>, signal: AbortSignal): boolean {
  const leave = live.watch(seq, (each) => {
    viewer.next(each);
    if (isTerminal(each.event)) viewer.complete();
  });
  if (!leave) return false;
  if (signal.aborted) leave();
  else signal.addEventListener('abort', leave, { once: true });
  return true;
}
