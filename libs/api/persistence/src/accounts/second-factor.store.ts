import { Injectable } from '@nestjs/common';
import { Database } from '../database';

/** Authenticators and recovery codes. What was used is used up in the statement that asks for it, so that of many at once one wins. */
@Injectable()
export class SecondFactorStore {
  constructor(private readonly database: Database) {}

  /** A sealed secret that does not count yet. */
  async begin(userId: string, sealed: string): Promise<void> {
    await this.database.query('update app_user set totp_pending = $2 where id = $1', [userId, sealed]);
  }

  /** The sealed secret that does not count yet; undefined where none was begun. */
  async pending(userId: string): Promise<string | undefined> {
    const rows = await this.database.query<{ sealed: string | null }>('select totp_pending as sealed from app_user where id = $1', [
      userId,
    ]);
    return rows[0]?.sealed ?? undefined;
  }

  /** From now on the secret counts, with these recovery codes. Returns false when another request was faster. */
  async confirm(userId: string, pending: string, sealed: string, step: number, codes: readonly Buffer[]): Promise<boolean> {
    const rows = await this.database.query(
      `with confirmed as (
         update app_user set totp_secret = $3, totp_pending = null, totp_step = $4 where id = $1 and totp_pending = $2 returning id
       ), gone as (
         delete from recovery_code where user_id in (select id from confirmed) and not code_hash = any($5::bytea[])
       ), fresh as (
         insert into recovery_code (user_id, code_hash) select id, unnest($5::bytea[]) from confirmed on conflict do nothing
       ) select id from confirmed`,
      [userId, pending, sealed, step, codes],
    );
    return rows.length > 0;
  }

  /** No second factor any more. */
  async end(userId: string): Promise<boolean> {
    const rows = await this.database.query(
      `with codes as (delete from recovery_code where user_id = $1), ended as (
         update app_user set totp_secret = null, totp_pending = null, totp_step = null where id = $1 and totp_secret is not null returning id
       ) select id from ended`,
      [userId],
    );
    return rows.length > 0;
  }

  /** Uses up a time step and all before it. Returns false when it was used already. */
  async useStep(userId: string, step: number): Promise<boolean> {
    const rows = await this.database.query(
      `with used as (
         update app_user set totp_step = $2 where id = $1 and (totp_step is null or totp_step < $2) returning id
       ) select id from used`,
      [userId, step],
    );
    return rows.length > 0;
  }

  /** Uses up a recovery code. Returns false when there was none, or it was used already. */
  async useCode(userId: string, codeHash: Buffer): Promise<boolean> {
    const rows = await this.database.query(
      `with used as (delete from recovery_code where user_id = $1 and code_hash = $2 returning user_id) select user_id from used`,
      [userId, codeHash],
    );
    return rows.length > 0;
  }

  /** New codes instead of the old ones. */
  async replaceCodes(userId: string, codes: readonly Buffer[]): Promise<void> {
    await this.database.query(
      `with gone as (delete from recovery_code where user_id = $1 and not code_hash = any($2::bytea[]))
       insert into recovery_code (user_id, code_hash) select $1, unnest($2::bytea[]) on conflict do nothing`,
      [userId, codes],
    );
  }

  async countCodes(userId: string): Promise<number> {
    const rows = await this.database.query<{ count: number }>('select count(*)::int from recovery_code where user_id = $1', [userId]);
    return rows[0]?.count ?? 0;
  }
}
