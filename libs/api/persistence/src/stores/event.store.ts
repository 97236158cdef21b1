import { isText, type RunEvent, type SequencedEvent } from '@echo/contract';
import { Injectable } from '@nestjs/common';
import { FlushConnection } from '../connections/flush-connection';
import { Database } from '../database';
import { LIVE, RUN_CHANNEL } from './live.sql';

/** One event on its way to the log. */
export interface StoredEvent extends SequencedEvent {
  readonly runId: string;
}

export interface FlushResult {
  /** false: this replica was declared dead; nothing was written. */
  readonly alive: boolean;
  /** Live runs of this replica whose stop was asked for somewhere. */
  readonly stopRequested: readonly string[];
}

interface EventRow {
  readonly seq: number;
  readonly kind: RunEvent['type'];
  readonly body: string;
}

// The fence is a column of its own, never a row count: a flush whose answer was lost is sent again and inserts nothing the second time. Only then is it
// asked for conflicts: an insertion that expects them writes half as much again.
const flush = (onConflict: string): string => `
  with fence as (select 1 from replica where id = $1 and reaped_at is null for key share),
  added as (
    insert into run_event (run_id, seq, kind, body)
    select e.* from fence, unnest($2::uuid[], $3::int[], $4::text[], $5::text[]) as e ${onConflict}
  ),
  begun as (
    update run set status = 'streaming', first_content_at = now() from fence where id = any($6::uuid[]) and ${LIVE}
  ),
  told as (select pg_notify('${RUN_CHANNEL}', $1::text) from fence where cardinality($2::uuid[]) > 0)
  select exists (select 1 from fence) as alive, (select count(*) from told) as told,
    array(select id from run where replica_id = $1 and stop_requested_at is not null and ${LIVE}) as stops`;
const FLUSH = flush('');
const FLUSH_AGAIN = flush('on conflict do nothing');

/** The log of what every live run has said. A row is written once and never changed. */
@Injectable()
export class EventStore {
  constructor(
    private readonly database: Database,
    private readonly flushes: FlushConnection,
  ) {}

  /**
   * Writes the events of many runs in one statement, and marks those of `begun` as streaming, whose first text is among them. `again`: nobody knows
   * whether these were stored before; they are stored once.
   */
  async append(replicaId: string, events: readonly StoredEvent[], begun: readonly string[] = [], again = false): Promise<FlushResult> {
    const rows = await this.flushes.query<{ alive: boolean; stops: string[] }>(again ? FLUSH_AGAIN : FLUSH, [
      replicaId,
      events.map((each) => each.runId),
      events.map((each) => each.seq),
      events.map((each) => each.event.type),
      events.map((each) => bodyOf(each.event)),
      begun,
    ]);
    return { alive: rows[0]?.alive ?? false, stopRequested: rows[0]?.stops ?? [] };
  }

  /** Events after `after`, oldest first, `limit` at most. The run must be the asker's: look it up first. */
  async read(runId: string, after: number, limit: number): Promise<SequencedEvent[]> {
    const rows = await this.database.query<EventRow>(
      'select seq, kind, body from run_event where run_id = $1 and seq > $2 order by seq limit $3',
      [runId, after, limit],
    );
    return rows.map(({ seq, kind, body }) => ({ seq, event: eventOf(kind, body) }));
  }

  /** Events of many runs after the number given for each, oldest first, `limit` at most in all. The runs must be the askers': look them up first. */
  async readMany(places: ReadonlyMap<string, number>, limit: number): Promise<StoredEvent[]> {
    const rows = await this.database.query<EventRow & { runId: string }>(
      `select e.run_id as "runId", e.seq, e.kind, e.body from unnest($1::uuid[], $2::int[]) as place(run_id, seq)
       join run_event e on e.run_id = place.run_id and e.seq > place.seq order by e.run_id, e.seq limit $3`,
      [[...places.keys()], [...places.values()], limit],
    );
    return rows.map(({ runId, seq, kind, body }) => ({ runId, seq, event: eventOf(kind, body) }));
  }

  /** Deletes events of runs that ended more than `seconds` ago, `limit` runs at most. Returns the number of runs. */
  async deleteExpired(seconds: number, limit: number): Promise<number> {
    const rows = await this.database.query<{ runs: number }>(
      // From one run that has events to the next: those that have none any more are never looked at.
      `with recursive told as (
         (select run_id from run_event order by run_id limit 1)
         union all select (select run_id from run_event where run_id > told.run_id order by run_id limit 1) from told where run_id is not null
       ), old as (
         select id from told join run on id = run_id where finished_at < now() - make_interval(secs => $1) limit $2
       ), gone as (delete from run_event where run_id in (select id from old))
       select count(*)::int as runs from old`,
      [seconds, limit],
    );
    return rows[0]?.runs ?? 0;
  }
}

/** Text is stored bare, so that the database can join it; every other event as its JSON. */
export function bodyOf(event: RunEvent): string {
  return isText(event) ? event.chunk : JSON.stringify(event);
}

function eventOf(kind: RunEvent['type'], body: string): RunEvent {
  if (kind === 'content' || kind === 'reasoning') return { chunk: body, type: kind };
  // The row was written by `bodyOf`.
  return JSON.parse(body) as RunEvent;
}
