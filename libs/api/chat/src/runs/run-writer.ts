import { EventStore, isDataError, ReplicaFencedError, RunNotices, type StoredEvent } from '@echo/api-persistence';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { isText, type SequencedEvent } from '@echo/contract';
import { RunObserver } from '../run-observer';
import { type LiveRun } from './live-run';
import { LiveRuns } from './live-runs';
import { Replica } from './replica';

/**
 * Least milliseconds between the starts of two commits: the more answers share one, the more it gathers, and the less each piece costs. The first text
 * of an answer waits for none of it.
 */
const WINDOW_MS = { least: 25, most: 65, perRun: 0.8 };
/** Answers that are read, or shown, in one turn of the event loop: some milliseconds of it, after which others have theirs. */
const RUNS_IN_A_TURN = 50;
const RETRY_MS = 200;
/** Milliseconds after which a stop that was asked for at another replica is known here, at most. */
const STOP_POLL_MS = 400;
/** What a run may hold while the database is away, before it is interrupted. */
const HOLD_MS = 30_000;
const HOLD_CHARS = 1024 * 1024;
/** Milliseconds that one try can take, at most: whatever is more, this process slept. */
const TRY_MS = 12_000;

/** What one commit stores for one run. */
interface Taken {
  readonly run: LiveRun;
  readonly events: readonly SequencedEvent[];
  /** Whether the run's first text is among them. */
  readonly begins: boolean;
}

/** The group commit: writes what all live runs have said in one statement, then hands it to those who watch. At most one is under way. */
@Injectable()
export class RunWriter implements OnApplicationShutdown {
  private readonly logger = new Logger(RunWriter.name);
  /** The net under the notices: a run that says nothing brings no stop flag back, then they are asked for. */
  private readonly asking = setInterval(() => this.askForStops(), STOP_POLL_MS).unref();
  private readonly unlisten: () => void;
  private flush: Promise<void> | undefined;
  /** What lets the readers go on, and then begins the next commit. */
  private scheduled: NodeJS.Timeout | undefined;
  private immediate: NodeJS.Immediate | undefined;
  private isUrgent = false;
  /** Whether the next commit is made even if there is nothing to store. */
  private asksForStops = false;
  private lastStart = 0;
  /** Those who go on when it is time for the next commit. */
  private readers: (() => void)[] = [];

  constructor(
    private readonly events: EventStore,
    private readonly runs: LiveRuns,
    private readonly replica: Replica,
    private readonly observer: RunObserver,
    notices: RunNotices,
  ) {
    // Somebody asked another replica to stop a run of ours.
    this.unlisten = notices.listen((id) => id !== undefined && this.runs.get(id)?.stop('person'));
  }

  /** Some run has said something; `isUrgent`: the first of its text, for which somebody waits. */
  wake(isUrgent = false): void {
    this.isUrgent ||= isUrgent;
    if (this.flush || this.immediate) return;
    const wait = this.isUrgent ? 0 : this.waitMs;
    if (wait > 0) this.schedule(wait);
    else this.turn();
  }

  /** Resolves when it is time for the next commit: whoever goes on reading then reads all at once that came meanwhile. */
  nextTurn(): Promise<void> {
    const wait = this.waitMs;
    if (wait <= 0) return Promise.resolve();
    this.schedule(wait);
    return new Promise((resolve) => this.readers.push(resolve));
  }

  /** Milliseconds until the next commit may begin. */
  private get waitMs(): number {
    return this.lastStart + Math.min(WINDOW_MS.most, WINDOW_MS.least + this.runs.size * WINDOW_MS.perRun) - performance.now();
  }

  private schedule(wait: number): void {
    this.scheduled ??= setTimeout(() => {
      this.scheduled = undefined;
      // Another commit may have begun since, for the first text of an answer.
      const more = this.waitMs;
      if (more >= 1) this.schedule(more);
      else this.turn();
    }, wait);
  }

  private turn(): void {
    clearTimeout(this.scheduled);
    this.scheduled = undefined;
    for (const goOn of this.readers.splice(0, RUNS_IN_A_TURN)) goOn();
    // A timer of 0 ms takes at least one; in the next turn of the event loop all has been read, and what came with it.
    if (this.readers.length > 0 || !this.flush) this.immediate ??= setImmediate(() => this.goOn());
  }

  private goOn(): void {
    this.immediate = undefined;
    if (this.readers.length > 0) this.turn();
    else if (!this.flush) this.begin();
  }

  onApplicationShutdown(): void {
    this.unlisten();
    clearInterval(this.asking);
  }

  /** Takes a run out of the group: from now on its events are the caller's to store. Returns those that nobody stored. */
  async release(run: LiveRun): Promise<SequencedEvent[]> {
    run.release();
    await this.flush;
    return run.take();
  }

  private begin(): void {
    this.isUrgent = false;
    this.flush = this.commit().finally(() => {
      this.flush = undefined;
      if (this.waiting().length > 0) this.wake();
    });
  }

  private waiting(): LiveRun[] {
    return this.runs.all().filter((run) => run.isWaiting);
  }

  private async commit(): Promise<void> {
    const taken = this.waiting().map((run): Taken => {
      const hadText = run.hasText;
      return { run, events: run.take(), begins: run.hasText && !hadText };
    });
    // The runs for which this was planned may have ended, and stored the rest themselves.
    if (taken.length === 0 && !this.asksForStops) return;
    this.asksForStops = false;
    this.lastStart = performance.now();
    await this.store(taken);
  }

  private askForStops(): void {
    const isIdle = performance.now() - this.lastStart >= STOP_POLL_MS;
    if (!isIdle || this.runs.size === 0 || this.replica.isClosed) return;
    this.asksForStops = true;
    this.wake();
  }

  private async store(taken: readonly Taken[]): Promise<void> {
    const rows = taken.flatMap(({ run, events }) => events.map((each): StoredEvent => ({ ...each, runId: run.id })));
    const begun = taken.filter(({ begins }) => begins).map(({ run }) => run.id);
    const since = performance.now();
    let heldMs = 0;
    for (let again = false; ; again = true) {
      const began = performance.now();
      try {
        const result = await this.events.append(this.replica.id, rows, begun, again);
        if (!result.alive) throw new ReplicaFencedError();
        this.observer.flushed({
          ms: performance.now() - since,
          events: rows.length,
          chars: charsOf(rows),
          runIds: taken.map(({ run }) => run.id),
        });
        await show(taken);
        for (const id of result.stopRequested) this.runs.get(id)?.stop('person');
        return;
      } catch (error) {
        // The database is away, refused the data, or another replica closed our runs: anything that was not stored is not shown.
        if (error instanceof ReplicaFencedError) return this.replica.fenced();
        if (isDataError(error) && taken.length > 1) return this.storeEach(taken);
        if (isDataError(error) || this.replica.isClosed) {
          this.logger.error(`Run ${taken[0]?.run.id}: its text was refused by the database`, error);
          for (const { run, events } of taken) {
            run.forgo(events);
            run.stop('storage');
          }
          return;
        }
        this.observer.flushFailed();
        heldMs += Math.min(performance.now() - began, TRY_MS) + RETRY_MS;
        this.holdOrInterrupt(heldMs);
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  /** One run's bad text must fail that run alone. */
  private async storeEach(taken: readonly Taken[]): Promise<void> {
    for (const each of taken) await this.store([each]);
  }

  private holdOrInterrupt(heldMs: number): void {
    for (const run of this.runs.all()) {
      if (heldMs > HOLD_MS || run.unstoredChars > HOLD_CHARS) run.stop('storage');
    }
  }
}

/** Hands what was stored to those who watch. */
async function show(taken: readonly Taken[]): Promise<void> {
  for (let from = 0; from < taken.length; from += RUNS_IN_A_TURN) {
    if (from > 0) await new Promise((resolve) => setImmediate(resolve));
    for (const { run, events } of taken.slice(from, from + RUNS_IN_A_TURN)) run.deliver(events);
  }
}

function charsOf(rows: readonly StoredEvent[]): number {
  let chars = 0;
  for (const { event } of rows) if (isText(event)) chars += event.chunk.length;
  return chars;
}
