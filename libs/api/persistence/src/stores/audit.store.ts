import { type AuditEntry } from '@echo/contract';
import { Injectable } from '@nestjs/common';
import { Database } from '../database';

/** Who did something, and from where. `Requester` of `@echo/api-security` is one. */
export interface AuditActor {
  /** Null: nobody known. */
  readonly userId: string | null;
  readonly via: AuditEntry['via'];
  readonly ip: string | null;
  readonly requestId: string | null;
}

export interface AuditEvent {
  /** `session.create`, `key.revoke`, `provider.change` … */
  readonly action: string;
  /** What it was done to: `user:<id>`, `provider:<id>`. */
  readonly target?: string;
  /** `ok` unless given. */
  readonly result?: AuditEntry['result'];
  /** Why it was refused, or what changed. Never content, never a secret, never a name or an address: they would outlive their account. */
  readonly detail?: string;
}

export interface AuditFilter {
  readonly actor?: string;
  readonly action?: string;
  readonly from?: Date;
  readonly to?: Date;
  /** Entries before this one only. */
  readonly before?: number;
  readonly limit: number;
}

type Row = Omit<AuditEntry, 'at'> & { readonly at: Date };

const COLUMNS = `
  a.id, a.at, a.actor_id, u.name as actor_name, a.action, a.target, a.result, a.detail, a.ip, a.via, a.request_id
  from audit a left join app_user u on u.id = a.actor_id`;

/** The audit log: entries are added and read. The table refuses everything else. */
@Injectable()
export class AuditStore {
  constructor(private readonly database: Database) {}

  async append(actor: AuditActor, event: AuditEvent): Promise<void> {
    await this.database.query(
      'insert into audit (actor_id, action, target, result, detail, ip, via, request_id) values ($1, $2, $3, $4, $5, $6, $7, $8)',
      [actor.userId, event.action, event.target ?? null, event.result ?? 'ok', event.detail ?? null, actor.ip, actor.via, actor.requestId],
    );
  }

  /** Newest first. */
  async page(filter: AuditFilter): Promise<AuditEntry[]> {
    const rows = await this.database.query<Row>(
      `select ${COLUMNS}
       where ($1::uuid is null or a.actor_id = $1) and ($2::text is null or a.action = $2)
         and ($3::timestamptz is null or a.at >= $3) and ($4::timestamptz is null or a.at < $4) and ($5::bigint is null or a.id < $5)
       order by a.id desc limit $6`,
      [filter.actor ?? null, filter.action ?? null, filter.from ?? null, filter.to ?? null, filter.before ?? null, filter.limit],
    );
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }

  /** Entries after `after`, oldest first. */
  async after(after: number, limit: number): Promise<AuditEntry[]> {
    const rows = await this.database.query<Row>(`select ${COLUMNS} where a.id > $1 order by a.id limit $2`, [after, limit]);
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }
}
