import { Database, EventStore, ReplicaStore } from '@echo/api-persistence';
import { type RunError } from '@echo/contract';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { ChatSettings } from '../settings';
import { LiveRuns } from './live-runs';
import { Replica } from './replica';

const TICK_MS = 1_000;
/** How long a lease must be seen lapsed before its owner is taken for dead. */
const LAPSED_MS = 5_000;
const TIDY_MS = 60_000;
/** Finished runs whose events are deleted at once. */
const TIDY_RUNS = 500;

const ABANDONED: RunError = {
  code: 'interrupted',
  message: 'The server stopped while answering. What came is kept; ask again for the whole answer.',
  retryable: true,
};

/** Sees to it that every run ends: shows that this replica lives, closes the runs of those that died, and lets its own finish at shutdown. */
@Injectable()
export class RunKeeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(RunKeeper.name);
  private readonly lapsedSince = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;
  private tidied = performance.now();
  private readonly started: Promise<void>;
  private startUp!: () => void;

  constructor(
    private readonly database: Database,
    private readonly replicas: ReplicaStore,
    private readonly events: EventStore,
    private readonly replica: Replica,
    private readonly runs: LiveRuns,
    private readonly settings: ChatSettings,
  ) {
    this.started = new Promise((resolve) => (this.startUp = resolve));
  }

  /** Settles when the database is there and what an earlier process left open is closed. */
  whenReady(): Promise<void> {
    return this.started;
  }

  /** Does not wait: the application listens while the database is on its way. */
  onApplicationBootstrap(): void {
    void this.begin();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.replica.drain();
    const live = this.runs.all().map((run) => run.ended);
    if (live.length > 0) {
      this.logger.log(`${live.length} answers are being finished, for ${this.settings.drainSeconds} s at most`);
      await Promise.race([Promise.all(live), pause(this.settings.drainSeconds * 1000)]);
      const rest = this.runs.all();
      for (const run of rest) run.stop('shutdown');
      await Promise.race([Promise.all(rest.map((run) => run.ended)), pause(5_000)]);
    }
    clearTimeout(this.timer);
    this.replica.close();
    // Best effort: a replica that cannot say goodbye is reaped when its lease has lapsed.
    await this.replicas.leave(this.replica.id).catch(() => undefined);
  }

  private async begin(): Promise<void> {
    await this.database.connect();
    for (;;) {
      try {
        await this.replicas.register(this.replica.id);
        if (this.settings.aloneOnDatabase) {
          for (const id of await this.replicas.others(this.replica.id)) await this.replicas.reap(id, true);
        }
        await this.closeAbandoned();
        break;
      } catch (error) {
        // The database went away again: it may come back.
        if (this.replica.isDraining) return;
        this.logger.warn(`Not ready yet: ${String(error)}`);
        await pause(TICK_MS);
      }
    }
    this.replica.ready();
    this.startUp();
    this.schedule();
  }

  private schedule(): void {
    this.timer = setTimeout(() => void this.tick().finally(() => !this.replica.isClosed && this.schedule()), TICK_MS);
  }

  private async tick(): Promise<void> {
    try {
      if (!(await this.replicas.renew(this.replica.id))) return this.replica.fenced();
      await this.reapLapsed();
      await this.closeAbandoned();
      if (performance.now() - this.tidied > TIDY_MS) await this.tidy();
    } catch (error) {
      // The database is away: leases lapse for all, and nobody is reaped until it is back.
      this.lapsedSince.clear();
      this.logger.debug(`No sign of life could be given: ${String(error)}`);
    }
  }

  private async reapLapsed(): Promise<void> {
    const lapsed = await this.replicas.lapsed(this.replica.id);
    for (const id of this.lapsedSince.keys()) if (!lapsed.includes(id)) this.lapsedSince.delete(id);
    for (const id of lapsed) {
      const since = this.lapsedSince.get(id) ?? performance.now();
      this.lapsedSince.set(id, since);
      if (performance.now() - since >= LAPSED_MS && (await this.replicas.reap(id)))
        this.logger.warn(`Replica ${id} is dead: its runs are closed`);
    }
  }

  private async closeAbandoned(): Promise<void> {
    for (const id of await this.replicas.abandonedRuns(this.replica.id)) {
      if (!this.runs.has(id) && (await this.replicas.closeAbandoned(id, ABANDONED)))
        this.logger.warn(`Run ${id} was left open and is closed now`);
    }
  }

  private async tidy(): Promise<void> {
    this.tidied = performance.now();
    while ((await this.events.deleteExpired(this.settings.eventRetentionSeconds, TIDY_RUNS)) === TIDY_RUNS);
    await this.replicas.tidy();
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
