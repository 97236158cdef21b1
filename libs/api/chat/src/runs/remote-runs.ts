import { EventStore, RunNotices, type StoredEvent } from '@echo/api-persistence';
import { type SequencedEvent } from '@echo/contract';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Replica } from './replica';

/** Least milliseconds between two looks at the log. */
const WINDOW_MS = 25;
/** Milliseconds after which a waiting viewer looks for itself, in case a notice was lost. */
const NET_MS = 1_000;
/** Events that one look takes, of all runs together. */
const LOOK = 2_000;

interface Waiting {
  readonly runId: string;
  readonly seq: number;
  readonly tell: (events: readonly SequencedEvent[]) => void;
}

/** Runs that other replicas make, as far as somebody watches them here: one look at the log for all of them, whenever another replica has stored something. */
@Injectable()
export class RemoteRuns implements OnApplicationShutdown {
  private readonly logger = new Logger(RemoteRuns.name);
  private readonly waiting = new Set<Waiting>();
  private readonly unlisten: () => void;
  private timer: NodeJS.Timeout | undefined;
  private isLooking = false;
  /** Whether something may have been stored since the last look began. */
  private isStale = false;
  private lastLook = 0;

  constructor(
    private readonly events: EventStore,
    private readonly replica: Replica,
    notices: RunNotices,
  ) {
    this.unlisten = notices.listen((id) => {
      if (id !== this.replica.id) this.lookSoon();
    });
  }

  onApplicationShutdown(): void {
    this.unlisten();
    clearTimeout(this.timer);
  }

  /** Waits for events of `runId` after `seq`: resolves with them, or with none after a second, or when `signal` is aborted. */
  next(runId: string, seq: number, signal: AbortSignal): Promise<readonly SequencedEvent[]> {
    return new Promise((resolve) => {
      const settle = (events: readonly SequencedEvent[]): void => {
        clearTimeout(net);
        signal.removeEventListener('abort', leave);
        this.waiting.delete(entry);
        resolve(events);
      };
      const leave = (): void => settle([]);
      const net = setTimeout(leave, NET_MS);
      const entry: Waiting = { runId, seq, tell: settle };
      signal.addEventListener('abort', leave, { once: true });
      if (signal.aborted) return leave();
      this.waiting.add(entry);
      // A notice may have come between the viewer's last look and now.
      this.lookSoon();
    });
  }

  private lookSoon(): void {
    this.isStale = true;
    if (this.isLooking || this.timer || this.waiting.size === 0) return;
    const wait = Math.max(0, this.lastLook + WINDOW_MS - performance.now());
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.look();
    }, wait);
  }

  private async look(): Promise<void> {
    this.isLooking = true;
    this.isStale = false;
    this.lastLook = performance.now();
    try {
      const asked = [...this.waiting];
      const fresh = Map.groupBy(await this.events.readMany(farthestBack(asked), LOOK), ({ runId }: StoredEvent) => runId);
      for (const { runId, seq, tell } of asked) {
        const after = fresh.get(runId)?.filter((event) => event.seq > seq);
        if (after && after.length > 0) tell(after);
      }
    } catch (error) {
      // The database is away: every viewer looks again after a second.
      this.logger.debug(`Runs of other replicas could not be followed: ${String(error)}`);
    } finally {
      this.isLooking = false;
      if (this.isStale) this.lookSoon();
    }
  }
}

/** Each run once, from the place of the viewer who is farthest back. */
function farthestBack(asked: readonly Waiting[]): Map<string, number> {
  const places = new Map<string, number>();
  for (const { runId, seq } of asked) places.set(runId, Math.min(seq, places.get(runId) ?? seq));
  return places;
}
