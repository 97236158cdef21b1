import { type FinishReason, type RunError, type RunStatus, type SequencedEvent, type Usage } from '@echo/contract';
import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { Database } from '../database';
import { RunEntity } from '../entities/run.entity';
import { codeOf, IdempotencyMismatchError, NotOwnedError, ReplicaFencedError, RunInProgressError } from '../errors';
import { acceptRun, type AcceptedRun, type NewRun } from './accept-run';
import { bodyOf } from './event.store';
import { FENCE, LIVE, RUN_CHANNEL } from './live.sql';

export type { AcceptedRun, NewRun } from './accept-run';

/** How a run ended, and the events that were not stored yet; the last one is the terminal event. */
export interface RunEnd {
  readonly status: Extract<RunStatus, 'completed' | 'stopped' | 'failed' | 'interrupted'>;
  readonly events: readonly SequencedEvent[];
  readonly finishReason: FinishReason | null;
  readonly usage: Usage | null;
  readonly error: RunError | null;
  readonly usedProvider: string;
  readonly usedModel: string;
  readonly firstContentAt: Date | null;
}

@Injectable()
export class RunStore {
  constructor(private readonly database: Database) {}

  /**
   * Stores conversation, messages, run and its `start` event in one transaction, or finds the run that the same key made before.
   * Throws `NotOwnedError`, `RunInProgressError`, `IdempotencyMismatchError`, `ReplicaFencedError`, `StorageUnavailableError`.
   */
  async accept(run: NewRun): Promise<AcceptedRun> {
    try {
      return await this.database.transaction((manager) => acceptRun(manager, run));
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
   * The terminal transaction: the rest of the text, the terminal event, the message's content, usage and the run's state, together.
   * May be repeated when its outcome is unknown. Throws `ReplicaFencedError` when another replica has ended the run.
   */
  async finish(replicaId: string, runId: string, end: RunEnd): Promise<void> {
    await this.database.transaction(async (manager) => {
      const alive: unknown[] = await manager.query(FENCE, [replicaId]);
      if (alive.length === 0) throw new ReplicaFencedError();
      await writeEnd(manager, runId, end);
      await manager.query(`select pg_notify('${RUN_CHANNEL}', $1)`, [replicaId]);
    });
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

/** Writes how a run ended, unless it has ended already. */
export async function writeEnd(manager: EntityManager, runId: string, end: RunEnd): Promise<boolean> {
  await manager.query(
    `insert into run_event (run_id, seq, kind, body) select $1, e.* from unnest($2::int[], $3::text[], $4::text[]) as e on conflict do nothing`,
    [runId, end.events.map((each) => each.seq), end.events.map((each) => each.event.type), end.events.map((each) => bodyOf(each.event))],
  );
  const ended: [{ message_id: number; conversation_id: number }[], number] = await manager.query(
    `update run set status = $2, finish_reason = $3, usage = $4, error = $5, used_provider = $6, used_model = $7, last_seq = $8,
       first_content_at = $9, finished_at = now()
     where id = $1 and ${LIVE} returning message_id, conversation_id`,
    [
      runId,
      end.status,
      end.finishReason,
      end.usage,
      end.error,
      end.usedProvider,
      end.usedModel,
      end.events.at(-1)?.seq ?? null,
      end.firstContentAt,
    ],
  );
  const row = ended[0][0];
  if (!row) return false;
  await manager.query(
    `update message set status = $2, finish_reason = $3, usage = $4, error = $5, provider = $6, model = $7,
       content = coalesce((select string_agg(body, '' order by seq) from run_event where run_id = $8 and kind = 'content'), ''),
       reasoning = (select string_agg(body, '' order by seq) from run_event where run_id = $8 and kind = 'reasoning')
     where id = $1`,
    [row.message_id, end.status, end.finishReason, end.usage, end.error, end.usedProvider, end.usedModel, runId],
  );
  // Who stops an answer is looking at it.
  await manager.query('update conversation set updated_at = now(), unread = $2 where id = $1', [
    row.conversation_id,
    end.status !== 'stopped',
  ]);
  return true;
}
