import { type KeyScope, type Role } from '@echo/contract';
import { Injectable } from '@nestjs/common';
import { Database } from '../database';

/** Seconds that a session lasts, and after which it ends when it is not used. */
export const SESSION_SECONDS = 7 * 86_400;
export const SESSION_IDLE_SECONDS = 12 * 3_600;

/** Whoever a session or a key stands for. */
export interface BearerRow {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly role: Role;
  readonly scopes: readonly KeyScope[];
  /** Whether its last use was noted more than a minute ago. */
  readonly isStale: boolean;
}

export interface SessionRow {
  readonly id: string;
  readonly ip: string | null;
  readonly client: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
}

export interface NewSession {
  readonly userId: string;
  readonly tokenHash: Buffer;
  readonly ip: string | null;
  readonly client: string;
  /** Which identity provider let them in, and how it calls its own session. */
  readonly singleSignOn?: { readonly issuer: string; readonly sessionId: string | null } | undefined;
}

const IS_GOOD = `s.expires_at > now() and s.last_used_at > now() - make_interval(secs => ${SESSION_IDLE_SECONDS})`;

/** Who is signed in where. Times are the database's, so that replicas agree. */
@Injectable()
export class SessionStore {
  constructor(private readonly database: Database) {}

  async create({ userId, tokenHash, ip, client, singleSignOn }: NewSession): Promise<string> {
    const rows = await this.database.query<{ id: string }>(
      `with seen as (update app_user set last_seen_at = now() where id = $1)
       insert into session (user_id, token_hash, ip, client, sso_issuer, sso_session, expires_at)
       values ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => ${SESSION_SECONDS})) returning id`,
      [userId, tokenHash, ip, client, singleSignOn?.issuer ?? null, singleSignOn?.sessionId ?? null],
    );
    return rows[0]?.id ?? '';
  }

  /** Whom the token stands for; undefined when the session has ended or its owner may not come in. One look at two indexes. */
  async find(tokenHash: Buffer): Promise<Omit<BearerRow, 'scopes'> | undefined> {
    const rows = await this.database.query<BearerRow>(
      `select s.id, s.user_id as "userId", u.name, u.role, s.last_used_at < now() - interval '1 minute' as "isStale"
       from session s join app_user u on u.id = s.user_id where s.token_hash = $1 and u.status = 'active' and ${IS_GOOD}`,
      [tokenHash],
    );
    return rows[0];
  }

  /** Whether it came through an identity provider. */
  async isSingleSignOn(id: string): Promise<boolean> {
    return (await this.database.query('select 1 from session where id = $1 and sso_issuer is not null', [id])).length > 0;
  }

  /** Notes that it was used, once a minute at most. */
  async touch(id: string): Promise<void> {
    await this.database.query(
      `with used as (
         update session set last_used_at = now() where id = $1 and last_used_at < now() - interval '1 minute' returning user_id
       ) update app_user set last_seen_at = now() where id in (select user_id from used)`,
      [id],
    );
  }

  /** Those of one person, the newest first. */
  async list(userId: string): Promise<SessionRow[]> {
    return this.database.query<SessionRow>(
      `select s.id, s.ip, s.client, s.created_at as "createdAt", s.last_used_at as "lastUsedAt", s.expires_at as "expiresAt"
       from session s where s.user_id = $1 and ${IS_GOOD} order by s.created_at desc, s.id`,
      [userId],
    );
  }

  /** The same session under another token: what somebody may have read before opens nothing any more. */
  async rotate(userId: string, id: string, tokenHash: Buffer): Promise<void> {
    await this.database.query('update session set token_hash = $3 where user_id = $1 and id = $2', [userId, id, tokenHash]);
  }

  /** Returns false when there was none. */
  async delete(userId: string, id: string): Promise<boolean> {
    return (await this.count('delete from session where user_id = $1 and id = $2', [userId, id])) > 0;
  }

  /** Ends all sessions of one person but `keep`. Returns how many there were. */
  async deleteAll(userId: string, keep?: string): Promise<number> {
    return this.count('delete from session where user_id = $1 and ($2::uuid is null or id <> $2)', [userId, keep ?? null]);
  }

  /** Forgets sessions, links and keys that ended some time ago. */
  async tidy(): Promise<void> {
    await this.database.query(`with
      sessions as (delete from session s where not (${IS_GOOD})),
      links as (delete from one_time_link where expires_at < now() - interval '1 day')
      delete from api_key where expires_at < now() - interval '90 days'`);
  }

  private async count(sql: string, values: readonly unknown[]): Promise<number> {
    const rows = await this.database.query<{ count: number }>(`with gone as (${sql} returning 1) select count(*)::int from gone`, values);
    return rows[0]?.count ?? 0;
  }
}
