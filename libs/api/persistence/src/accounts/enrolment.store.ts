import { type Role } from '@echo/contract';
import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { Database } from '../database';
import { codeOf } from '../errors';
import { type IdentityRow } from './identity.store';
import { AlreadySetUpError, EmailTakenError, LinkExpiredError } from './account-errors';
import { IS_PERSON, PEOPLE_LOCK, USER_COLUMNS, type UserRow } from './people.sql';

/** Somebody who gets an account. The address must be in the form that `canonicalEmail` gives it. */
export interface NewUser {
  readonly email: string | null;
  readonly name: string;
  readonly passwordHash: string | null;
}

/** Makes accounts. A link and the account that it makes are one transaction: a link makes one account, or stays good. */
@Injectable()
export class EnrolmentStore {
  constructor(private readonly database: Database) {}

  /** The first administrator. Throws `AlreadySetUpError`, `LinkExpiredError`. */
  async setUp(tokenHash: Buffer, user: NewUser): Promise<UserRow> {
    return this.enrol(async (manager) => {
      await manager.query('select pg_advisory_xact_lock($1)', [PEOPLE_LOCK]);
      const people: unknown[] = await manager.query(`select 1 from app_user u where ${IS_PERSON} limit 1`);
      if (people.length > 0) throw new AlreadySetUpError();
      await takeLink(manager, 'setup', tokenHash);
      await manager.query(`delete from one_time_link where kind = 'setup'`);
      return insert(manager, user, 'administrator');
    });
  }

  /** Whoever was invited. Throws `LinkExpiredError`, `EmailTakenError`. */
  async accept(tokenHash: Buffer, user: NewUser): Promise<UserRow> {
    return this.enrol(async (manager) => insert(manager, user, (await takeLink(manager, 'invitation', tokenHash)).role ?? 'user'));
  }

  /** Somebody whom nobody invited. Throws `EmailTakenError`. */
  async signUp(user: NewUser, role: Role = 'user'): Promise<UserRow> {
    return this.enrol((manager) => insert(manager, user, role));
  }

  /** Somebody whom an identity provider knows. Throws `EmailTakenError`, also where the identity has an account already. */
  async signUpWith({ issuer, subject }: IdentityRow, user: NewUser, role: Role): Promise<UserRow> {
    return this.enrol(async (manager) => {
      const row = await insert(manager, user, role);
      await manager.query('insert into identity (issuer, subject, user_id) values ($1, $2, $3)', [issuer, subject, row.id]);
      return { ...row, hasSingleSignOn: true };
    });
  }

  /** Whoever got a link to reset their password; ends their sessions. Returns the user's id. Throws `LinkExpiredError`. */
  async resetPassword(tokenHash: Buffer, passwordHash: string): Promise<string> {
    return this.database.transaction(async (manager) => {
      const { userId } = await takeLink(manager, 'reset', tokenHash);
      if (userId === null) throw new LinkExpiredError();
      await manager.query('update app_user set password_hash = $2 where id = $1', [userId, passwordHash]);
      await manager.query('delete from session where user_id = $1', [userId]);
      await manager.query(`delete from one_time_link where user_id = $1 and kind = 'reset'`, [userId]);
      return userId;
    });
  }

  private async enrol(work: (manager: EntityManager) => Promise<UserRow>): Promise<UserRow> {
    try {
      return await this.database.transaction(work);
    } catch (error) {
      if (codeOf(error) === '23505') throw new EmailTakenError({ cause: error });
      throw error;
    }
  }
}

/** Uses a link up. */
async function takeLink(
  manager: EntityManager,
  kind: string,
  tokenHash: Buffer,
): Promise<{ readonly role: Role | null; readonly userId: string | null }> {
  // TypeORM gives the rows of a DELETE together with their number; a SELECT around it gives rows alone.
  const rows: { role: Role | null; userId: string | null }[] = await manager.query(
    `with taken as (delete from one_time_link where kind = $1 and token_hash = $2 and expires_at > now() returning role, user_id)
     select role, user_id as "userId" from taken`,
    [kind, tokenHash],
  );
  if (!rows[0]) throw new LinkExpiredError();
  return rows[0];
}

async function insert(manager: EntityManager, { email, name, passwordHash }: NewUser, role: Role): Promise<UserRow> {
  const rows: UserRow[] = await manager.query(
    `with u as (
       insert into app_user (id, email, name, role, password_hash, last_seen_at) values (gen_random_uuid(), $1, $2, $3, $4, now()) returning *
     ) select ${USER_COLUMNS} from u`,
    [email, name, role, passwordHash],
  );
  return rows[0] as UserRow;
}
