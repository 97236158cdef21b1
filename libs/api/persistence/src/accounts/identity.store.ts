import { Injectable } from '@nestjs/common';
import { Database } from '../database';

/** How an identity provider names somebody. */
export interface IdentityRow {
  readonly issuer: string;
  readonly subject: string;
}

/** Whose sessions end: those of one session of the identity provider, or all of one person that came through it. */
export interface EndedSessions {
  readonly issuer: string;
  readonly subject: string | null;
  readonly sessionId: string | null;
}

/** Who comes in through an identity provider. */
@Injectable()
export class IdentityStore {
  constructor(private readonly database: Database) {}

  async find(issuer: string, subject: string): Promise<{ readonly userId: string } | undefined> {
    const rows = await this.database.query<{ userId: string }>(
      'select user_id as "userId" from identity where issuer = $1 and subject = $2',
      [issuer, subject],
    );
    return rows[0];
  }

  /** Lets an account that there is be opened this way too. */
  async add({ issuer, subject }: IdentityRow, userId: string): Promise<void> {
    await this.database.query('insert into identity (issuer, subject, user_id) values ($1, $2, $3) on conflict do nothing', [
      issuer,
      subject,
      userId,
    ]);
  }

  /** Ends sessions that came through the identity provider. Returns which. */
  async endSessions({ issuer, subject, sessionId }: EndedSessions): Promise<{ readonly userId: string; readonly sessionId: string }[]> {
    return this.database.query(
      `with gone as (
         delete from session where sso_issuer = $1 and ($2::text is null or sso_session = $2)
           and ($3::text is null or user_id in (select user_id from identity where issuer = $1 and subject = $3)) returning id, user_id
       ) select id as "sessionId", user_id as "userId" from gone`,
      [issuer, sessionId, subject],
    );
  }
}
