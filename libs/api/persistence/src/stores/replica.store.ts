import { type Cost, type ErrorEvent, type RunError, type Usage } from '@echo/contract';
import { Injectable } from '@nestjs/common';
import { RunNotices } from '../connections/run-notices';
import { Database } from '../database';
import { END_LEFT_RUN, type EndedRun, endParameters, type RunEnd } from './end-run';
import { type Answering, readLeftRun } from './left-run';
import { LIVE } from './live.sql';

/** Seconds that a replica is taken for alive after its last sign of life. */
export const LEASE_SECONDS = 5;

export interface Lease {
  readonly id: string;
  /** The moment it ends, in the database's words: it changes with each sign of life. */
  readonly until: string;
  readonly isPast: boolean;
}

/** Who is alive, and the runs of those who are not. */
@Injectable()
export class ReplicaStore {
  constructor(
    private readonly database: Database,
    private readonly line: RunNotices,
  ) {}

  /** `process`: a name by which others on the same machine can tell whether it still runs. */
  async register(id: string, process: string | null = null): Promise<void> {
    await this.database.query(
      `insert into replica (id, process, lease_until) values ($1, $2, now() + make_interval(secs => ${LEASE_SECONDS})) on conflict do nothing`,
      [id, process],
    );
  }

  /** Shows that it lives, over a line of its own. Returns false when another replica has declared this one dead. A lease that lapsed unnoticed is simply renewed. */
  async renew(id: string): Promise<boolean> {
    const rows = await this.line.query<{ alive: boolean }>(
      `with renewed as (update replica set lease_until = now() + make_interval(secs => ${LEASE_SECONDS}) where id = $1 and reaped_at is null returning 1)
       select exists (select 1 from renewed) as alive`,
      [id],
    );
    return rows[0]?.alive ?? false;
  }

  /** Leaves for good: this replica has no live runs any more. */
  async leave(id: string): Promise<void> {
    await this.database.query('update replica set reaped_at = coalesce(reaped_at, now()) where id = $1', [id]);
  }

  /** The leases of all other replicas that have not left. None in the first 10 s of the database's own life, when nobody can have renewed yet. */
  async leases(exceptId: string): Promise<Lease[]> {
    return this.database.query<Lease>(
      `select id, lease_until::text as until, lease_until < now() as "isPast" from replica
       where reaped_at is null and id <> $1 and pg_postmaster_start_time() < now() - interval '10 seconds'`,
      [exceptId],
    );
  }

  /** All replicas that have not left, except one. */
  async others(exceptId: string): Promise<{ readonly id: string; readonly process: string | null }[]> {
    return this.database.query('select id, process from replica where reaped_at is null and id <> $1', [exceptId]);
  }

  /** Declares a replica dead: from now on it cannot write. Returns false when it has come back to life meanwhile. */
  async reap(id: string, evenIfAlive = false): Promise<boolean> {
    return this.database.transaction(async (manager) => {
      const rows: unknown[] = await manager.query(
        'select 1 from replica where id = $1 and reaped_at is null and ($2 or lease_until < now()) for update',
        [id, evenIfAlive],
      );
      if (rows.length === 0) return false;
      await manager.query('update replica set reaped_at = now() where id = $1', [id]);
      return true;
    });
  }

  /** Live runs of replica `id`, and those whose replica is gone. */
  async openRuns(id: string): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `select id from run where ${LIVE} and (replica_id = $1 or not exists (select 1 from replica where id = run.replica_id and reaped_at is null))`,
      [id],
    );
    return rows.map((row) => row.id);
  }

  /**
   * Ends a run that nobody makes as interrupted, with the text that was stored. What it took is a guess; `costOf` knows its price. Returns false when it has
   * ended already.
   */
  async closeAbandoned(runId: string, error: RunError, costOf: (answering: Answering, usage: Usage) => Cost | null): Promise<boolean> {
    return this.database.transaction(async (manager) => {
      const left = await readLeftRun((sql, parameters) => manager.query(sql, [...parameters]), runId);
      if (!left) return false;
      const { seq, partial, usage, firstContentAt, ...answering } = left;
      const event: ErrorEvent = { type: 'error', message: error.message, code: error.code, retryable: error.retryable, partial };
      const end: RunEnd = {
        ...answering,
        status: 'interrupted',
        events: [{ seq, event }],
        finishReason: null,
        usage,
        cost: costOf(answering, usage),
        error,
        firstContentAt,
        answerBeganAt: null,
      };
      const results: EndedRun[] = await manager.query(END_LEFT_RUN, endParameters(null, runId, end));
      return results[0]?.ended ?? false;
    });
  }

  /** Forgets replicas that left long ago, keys older than a day, and events that belong to no run. */
  async tidy(): Promise<void> {
    await this.database.query(
      `delete from replica where reaped_at < now() - interval '1 day' and not exists (select 1 from run where replica_id = replica.id and ${LIVE})`,
    );
    // A run may have said something more while its conversation was deleted.
    await this.database.query('delete from run_event where run_id in (select distinct run_id from run_event except select id from run)');
    await this.database.query(`delete from idempotency where created_at < now() - interval '24 hours'`);
  }
}
