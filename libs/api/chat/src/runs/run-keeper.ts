import { type Answering, Database, EventStore, ReplicaStore } from '@echo/api-persistence';
import { ModelRegistry } from '@echo/api-providers';
import { type Cost, type RunError, type Usage } from '@echo/contract';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { ChatSettings } from '../settings';
import { DeathWatch } from './death-watch';
import { LiveRuns } from './live-runs';
import { isGone, processName } from './process-name';
import { Replica } from './replica';

const RETRY_MS = 1_000;
/** Milliseconds between two signs of life. */
const RENEW_MS = 1_000;
/** Milliseconds between two looks for those who are dead and runs that nobody makes. */
const SWEEP_MS = 1_000;
/** Milliseconds between two looks, at shutdown, whether all answers are finished. */
const DRAIN_LOOK_MS = 50;
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
  private readonly deaths = new DeathWatch();
  private readonly timers: NodeJS.Timeout[] = [];
  private tidied = performance.now();
  private readonly started: Promise<void>;
  private startUp!: () => void;
  private giveUp!: (reason: unknown) => void;
  private renewedAt: number | undefined;

  constructor(
    private readonly database: Database,
    private readonly replicas: ReplicaStore,
    private readonly events: EventStore,
    private readonly replica: Replica,
    private readonly runs: LiveRuns,
    private readonly registry: ModelRegistry,
    private readonly settings: ChatSettings,
  ) {
    this.started = new Promise((resolve, reject) => {
      this.startUp = resolve;
      this.giveUp = reject;
    });
    // Whoever waits for it is told; where nobody does, it is no error of the process.
    this.started.catch(() => undefined);
  }

  /** Settles when the database is there and what an earlier process left open is closed. Rejects when the database cannot be used by this release. */
  whenReady(): Promise<void> {
    return this.started;
  }

  /** Milliseconds since the last sign of life that the database took; undefined: none yet. A lease lasts 5 s. */
  get leaseAgeMs(): number | undefined {
    return this.renewedAt === undefined ? undefined : performance.now() - this.renewedAt;
  }

  /** Does not wait: the application listens while the database is on its way. */
  onApplicationBootstrap(): void {
    void this.begin().catch(this.giveUp);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.replica.drain();
    if (this.runs.size > 0) {
      this.logger.log(`${this.runs.size} answers are being finished, for ${this.settings.drainSeconds} s at most`);
      const deadline = performance.now() + this.settings.drainSeconds * 1000;
      // Looked at again and again: what was being accepted when we were told to stop becomes live only now.
      while (this.runs.size > 0 && performance.now() < deadline) await pause(DRAIN_LOOK_MS);
      const rest = this.runs.all();
      for (const run of rest) run.stop('shutdown');
      await Promise.race([Promise.all(rest.map((run) => run.ended)), pause(5_000)]);
    }
    this.timers.forEach(clearInterval);
    this.replica.close();
    // Best effort: a replica that cannot say goodbye is reaped when its lease has lapsed.
    await this.replicas.leave(this.replica.id).catch(() => undefined);
  }

  private async begin(): Promise<void> {
    await this.database.connect();
    for (;;) {
      try {
        await this.replicas.register(this.replica.id, processName() ?? null);
        // Those of whom we know that they are gone need not be watched for a lease: the process before this one, mostly.
        for (const { id, process } of await this.replicas.others(this.replica.id)) {
          if (this.settings.aloneOnDatabase || isGone(process)) await this.replicas.reap(id, true);
        }
        await this.matchRuns();
        break;
      } catch (error) {
        // The database went away again: it may come back.
        if (this.replica.isDraining) return;
        this.logger.warn(`Not ready yet: ${String(error)}`);
        await pause(RETRY_MS);
      }
    }
    this.renewedAt = performance.now();
    this.replica.ready();
    this.startUp();
    // Apart from each other: a sweep that waits for the pool must not hold back the signs of life.
    this.every(RENEW_MS, () => this.renew());
    this.every(SWEEP_MS, () => this.sweep());
  }

  private every(ms: number, work: () => Promise<void>): void {
    let isBusy = false;
    const timer = setInterval(() => {
      if (isBusy) return;
      isBusy = true;
      void work().finally(() => (isBusy = false));
    }, ms);
    this.timers.push(timer);
  }

  private async renew(): Promise<void> {
    try {
      if (!(await this.replicas.renew(this.replica.id))) return this.replica.fenced();
      this.renewedAt = performance.now();
    } catch (error) {
      // The database is away: the lease may lapse, and is renewed when it is back, unless somebody has declared us dead.
      this.logger.debug(`No sign of life could be given: ${String(error)}`);
    }
  }

  private async sweep(): Promise<void> {
    try {
      await this.reapDead();
      await this.matchRuns();
      if (performance.now() - this.tidied > TIDY_MS) await this.tidy();
    } catch (error) {
      // The database is away: leases lapse for all, and nobody is reaped until it is back.
      this.deaths.forget();
      this.logger.debug(`Nothing could be swept: ${String(error)}`);
    }
  }

  private async reapDead(): Promise<void> {
    for (const id of this.deaths.look(await this.replicas.leases(this.replica.id))) {
      if (await this.replicas.reap(id)) this.logger.warn(`Replica ${id} is dead: its runs are closed`);
    }
  }

  /** Closes runs that are open in the table and made by nobody, and ends those that are made here and are not in the table. */
  private async matchRuns(): Promise<void> {
    const mine = this.runs.all();
    const open = new Set(await this.replicas.openRuns(this.replica.id));
    for (const id of open) {
      if (!this.runs.has(id) && (await this.replicas.closeAbandoned(id, ABANDONED, (...run) => this.costOf(...run))))
        this.logger.warn(`Run ${id} was left open and is closed now`);
    }
    // Its conversation was deleted: there is nothing to write to any more.
    for (const run of mine) if (!open.has(run.id)) run.stop('person');
  }

  private costOf({ usedProvider, usedModel }: Answering, usage: Usage): Cost | null {
    return this.registry.cost(usedProvider, usedModel, usage);
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
