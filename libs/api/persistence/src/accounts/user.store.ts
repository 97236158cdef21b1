import { type Role, type UserStatus } from '@echo/contract';
import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { Database } from '../database';
import { LastAdministratorError } from './account-errors';
import { IS_PERSON, PEOPLE_LOCK, USER_COLUMNS, type UserRow } from './people.sql';

/** What signing in needs to know. */
export interface SignInRow extends UserRow {
  readonly passwordHash: string | null;
  /** Sealed. */
  readonly totpSecret: string | null;
}

export interface UserFilter {
  /** Text that the name or the address contains, in any case. */
  readonly query?: string;
  /** Those after this one in the order of the list. */
  readonly after?: { readonly createdAt: Date; readonly id: string };
  readonly limit: number;
}

export interface UserChanges {
  readonly name?: string;
  readonly role?: Role;
  readonly status?: UserStatus;
}

/** Conversations that are deleted at once, so that no statement takes long. */
const BATCH = 20;

/** People who have an account. */
@Injectable()
export class UserStore {
  constructor(private readonly database: Database) {}

  /** Whether anybody has an account. */
  async isAnybodyThere(): Promise<boolean> {
    const rows = await this.database.query(`select 1 from app_user u where ${IS_PERSON} limit 1`);
    return rows.length > 0;
  }

  async find(id: string): Promise<UserRow | undefined> {
    const rows = await this.database.query<UserRow>(`select ${USER_COLUMNS} from app_user u where u.id = $1 and ${IS_PERSON}`, [id]);
    return rows[0];
  }

  async findForSignIn(by: { readonly email: string } | { readonly id: string }): Promise<SignInRow | undefined> {
    const [column, value] = 'email' in by ? (['email', by.email] as const) : (['id', by.id] as const);
    const rows = await this.database.query<SignInRow>(
      `select ${USER_COLUMNS}, u.password_hash as "passwordHash", u.totp_secret as "totpSecret" from app_user u
       where u.${column} = $1 and ${IS_PERSON}`,
      [value],
    );
    return rows[0];
  }

  /** Oldest account first. */
  async list({ query, after, limit }: UserFilter): Promise<UserRow[]> {
    return this.database.query<UserRow>(
      `select ${USER_COLUMNS} from app_user u
       where ${IS_PERSON} and ($1::text is null or u.name ilike $1 or u.email ilike $1)
         and ($2::timestamptz is null or (u.created_at, u.id) > ($2, $3::uuid))
       order by u.created_at, u.id limit $4`,
      [query ? `%${query.replace(/[\\%_]/g, '\\$&')}%` : null, after?.createdAt ?? null, after?.id ?? null, limit],
    );
  }

  async rename(id: string, name: string): Promise<void> {
    await this.database.query('update app_user set name = $2 where id = $1', [id, name]);
  }

  async setPassword(id: string, hash: string): Promise<void> {
    await this.database.query('update app_user set password_hash = $2 where id = $1', [id, hash]);
  }

  /** Replaces a hash by one of the same password, unless the password was changed meanwhile. */
  async rehash(id: string, old: string, fresh: string): Promise<void> {
    await this.database.query('update app_user set password_hash = $3 where id = $1 and password_hash = $2', [id, old, fresh]);
  }

  /**
   * Changes what is given; who loses a role or is disabled loses their sessions with it. Returns how it was before, undefined when there is no such
   * user. Throws `LastAdministratorError`.
   */
  async change(id: string, { name, role, status }: UserChanges): Promise<UserRow | undefined> {
    return this.database.transaction(async (manager) => {
      const before = await lockUser(manager, id);
      if (!before) return undefined;
      const after = { role: role ?? before.role, status: status ?? before.status };
      if (isAdministrator(before) && !isAdministrator(after)) await requireAnother(manager, id);
      await manager.query('update app_user set name = coalesce($2, name), role = $3, status = $4 where id = $1', [
        id,
        name ?? null,
        after.role,
        after.status,
      ]);
      if (after.role !== before.role || after.status === 'disabled') await manager.query('delete from session where user_id = $1', [id]);
      return before;
    });
  }

  /** Deletes the account and everything in it. Their runs must be stopped first. Throws `LastAdministratorError`; then nothing is gone. */
  async delete(id: string): Promise<boolean> {
    const before = await this.change(id, { status: 'disabled' });
    if (!before) return false;
    while ((await this.deleteConversations(id)) === BATCH);
    await this.database.transaction(async (manager) => {
      await manager.query('delete from run_event where run_id in (select id from run where owner_id = $1)', [id]);
      await manager.query('delete from app_user where id = $1', [id]);
    });
    return true;
  }

  private async deleteConversations(ownerId: string): Promise<number> {
    return this.database.transaction(async (manager) => {
      const rows: { id: number }[] = await manager.query(
        'select id from conversation where owner_id = $1 order by id limit $2 for update',
        [ownerId, BATCH],
      );
      const ids = rows.map((row) => row.id);
      await manager.query('delete from run_event where run_id in (select id from run where conversation_id = any($1))', [ids]);
      await manager.query('delete from conversation where owner_id = $2 and id = any($1)', [ids, ownerId]);
      return ids.length;
    });
  }
}

type Standing = Pick<UserRow, 'role' | 'status'>;

function isAdministrator({ role, status }: Standing): boolean {
  return role === 'administrator' && status === 'active';
}

async function lockUser(manager: EntityManager, id: string): Promise<UserRow | undefined> {
  await manager.query('select pg_advisory_xact_lock($1)', [PEOPLE_LOCK]);
  const rows: UserRow[] = await manager.query(`select ${USER_COLUMNS} from app_user u where u.id = $1 and ${IS_PERSON} for update`, [id]);
  return rows[0];
}

async function requireAnother(manager: EntityManager, id: string): Promise<void> {
  const others: unknown[] = await manager.query(
    `select 1 from app_user u where u.id <> $1 and u.role = 'administrator' and u.status = 'active' and ${IS_PERSON} limit 1`,
    [id],
  );
  if (others.length === 0) throw new LastAdministratorError();
}
