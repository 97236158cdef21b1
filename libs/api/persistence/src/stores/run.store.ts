import { Injectable } from '@nestjs/common';
import { Database } from '../database';
import { RunEntity } from '../entities/run.entity';
import { codeOf, IdempotencyMismatchError, NotOwnedError, ReplicaFencedError, RunInProgressError } from '../errors';
import { acceptFirstPrompt, acceptRun, isFirstPrompt } from './accept-run';
import { END_OWN_RUN, type EndedRun, endParameters, type RunEnd } from './end-run';
import { LIVE, RUN_CHANNEL } from './live.sql';
import { type AcceptedRun, type NewRun } from './new-run';

export type { AcceptedRun, NewRun, Past } from './new-run';
export type { RunEnd } from './end-run';

@Injectable()
export class RunStore {
  constructor(private readonly database: Database) {}

  /**
   * Stores conversation, messages, run and its `start` event in one transaction, or finds the run that the same key made before.
   * Throws `NotOwnedError`, `RunInProgressError`, `IdempotencyMismatchError`, `ReplicaFencedError`, `StorageUnavailableError`.
   */
  async accept(run: NewRun): Promise<AcceptedRun> {
    try {
      if (isFirstPrompt(run)) return await acceptFirstPrompt((sql, parameters) => this.database.query(sql, parameters), run);
      return await this.database.transaction((manager) => acceptRun((sql, parameters) => manager.query(sql, [...parameters]), run));
    } catch (error) {
      // Two posts to one conversation at the same moment: the index let one in.
      if (codeOf(error) === '23505' && String(error).includes('run_one_live')) {
        const live = await this.liveOf(run);
        if (live) throw new RunInProgressError(live.id, live.stopRequestedAt !== null);
      }
      throw error;
    }
  }

  /** The run that an earlier request under the same key made. Throws `IdempotencyMismatchError` when that was another request. */
  async findByKey(ownerId: string, idempotency: NonNullable<NewRun['idempotency']>): Promise<string | undefined> {
    const rows = await this.database.query<{ request_hash: string; run_id: string }>(
      `select request_hash, run_id from idempotency where owner_id = $1 and key = $2 and created_at > now() - interval '24 hours'`,
      [ownerId, idempotency.key],
    );
    if (rows[0] && rows[0].request_hash !== idempotency.requestHash) throw new IdempotencyMismatchError();
    return rows[0]?.run_id;
  }

  /** The run waits for a place, or has got one. */
  async mark(runId: string, status: 'queued' | 'connecting'): Promise<void> {
    await this.database.query(`update run set status = $2 where id = $1 and ${LIVE}`, [runId, status]);
  }

  /**
   * The terminal statement: the rest of the text, the terminal event, the message's content, usage and the run's state, together.
   * May be repeated when its outcome is unknown. Throws `ReplicaFencedError` when another replica has ended the run.
   */
  async finish(replicaId: string, runId: string, end: RunEnd): Promise<void> {
    const [result] = await this.database.query<EndedRun>(END_OWN_RUN, endParameters(replicaId, runId, end));
    if (!result?.alive) throw new ReplicaFencedError();
  }

  async find(ownerId: string, id: string): Promise<RunEntity> {
    const run = await this.database.run((manager) => manager.findOneBy(RunEntity, { id, ownerId }));
    if (!run) throw new NotOwnedError('run');
    return run;
  }

  /** Marks a live run so that its replica stops it. Returns the run as it is now. */
  async requestStop(ownerId: string, id: string): Promise<RunEntity> {
    await this.database.query(
      `with asked as (
         update run set stop_requested_at = coalesce(stop_requested_at, now()) where id = $2 and owner_id = $1 and ${LIVE} returning id
       ) select pg_notify('${RUN_CHANNEL}', id::text) from asked`,
      [ownerId, id],
    );
    return this.find(ownerId, id);
  }

  /** Marks all live runs of one person so that their replicas stop them. Returns how many there are. */
  async requestStopAll(ownerId: string): Promise<number> {
    const rows = await this.database.query(
      `with asked as (
         update run set stop_requested_at = coalesce(stop_requested_at, now()) where owner_id = $1 and ${LIVE} returning id
       ) select pg_notify('${RUN_CHANNEL}', id::text) from asked`,
      [ownerId],
    );
    return rows.length;
  }

  /** How many live runs somebody has. */
  async countLive(ownerId: string): Promise<number> {
    const rows = await this.database.query<{ count: number }>(`select count(*)::int from run where owner_id = $1 and ${LIVE}`, [ownerId]);
    return rows[0]?.count ?? 0;
  }

  private async liveOf(run: NewRun): Promise<RunEntity | undefined> {
    const conversationId = run.turn.kind === 'messages' ? undefined : run.turn.conversationId;
    if (conversationId === undefined) return undefined;
    const rows = await this.database.query<{ id: string }>(`select id from run where conversation_id = $1 and owner_id = $2 and ${LIVE}`, [
      conversationId,
      run.ownerId,
    ]);
    return rows[0] && this.find(run.ownerId, rows[0].id);
  }
}
