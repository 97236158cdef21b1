import { type KeyScope, LIMITS } from '@echo/contract';
import { Injectable } from '@nestjs/common';
import { Database } from '../database';
import { TooManyKeysError } from './account-errors';
import { type BearerRow } from './session.store';

export interface ApiKeyRow {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly KeyScope[];
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly expiresAt: Date;
}

export interface NewApiKeyRow {
  readonly id: string;
  readonly userId: string;
  readonly keyHash: Buffer;
  readonly name: string;
  readonly scopes: readonly KeyScope[];
  readonly days: number;
}

const COLUMNS = 'id, name, scopes, created_at as "createdAt", last_used_at as "lastUsedAt", expires_at as "expiresAt"';

/** Keys of integrators. A key is good only while its owner is active. */
@Injectable()
export class ApiKeyStore {
  constructor(private readonly database: Database) {}

  /** Throws `TooManyKeysError`. */
  async create({ id, userId, keyHash, name, scopes, days }: NewApiKeyRow): Promise<ApiKeyRow> {
    return this.database.transaction(async (manager) => {
      // Of many at once each counts those before it.
      await manager.query('select 1 from app_user where id = $1 for no key update', [userId]);
      const rows: ApiKeyRow[] = await manager.query(
        `insert into api_key (id, user_id, key_hash, name, scopes, expires_at)
         select $1, $2, $3, $4, $5, now() + make_interval(days => $6) where (select count(*) from api_key where user_id = $2) < $7
         returning ${COLUMNS}`,
        [id, userId, keyHash, name, scopes, days, LIMITS.keysPerPerson],
      );
      if (!rows[0]) throw new TooManyKeysError();
      return rows[0];
    });
  }

  /** Whom the key of this id stands for, with the hash that the key must have; undefined when there is none that is good. */
  async find(id: string): Promise<(BearerRow & { readonly keyHash: Buffer }) | undefined> {
    const rows = await this.database.query<BearerRow & { keyHash: Buffer }>(
      `select k.id, k.user_id as "userId", u.name, u.role, k.scopes, k.key_hash as "keyHash",
         coalesce(k.last_used_at < now() - interval '1 minute', true) as "isStale"
       from api_key k join app_user u on u.id = k.user_id where k.id = $1 and u.status = 'active' and k.expires_at > now()`,
      [id],
    );
    return rows[0];
  }

  /** Notes that it was used, once a minute at most. */
  async touch(id: string): Promise<void> {
    await this.database.query(
      `update api_key set last_used_at = now() where id = $1 and coalesce(last_used_at < now() - interval '1 minute', true)`,
      [id],
    );
  }

  /** Those of one person, the newest first. */
  async list(userId: string): Promise<ApiKeyRow[]> {
    return this.database.query<ApiKeyRow>(`select ${COLUMNS} from api_key where user_id = $1 order by created_at desc, id`, [userId]);
  }

  /** Returns false when there was none. */
  async delete(userId: string, id: string): Promise<boolean> {
    const rows = await this.database.query(
      `with gone as (delete from api_key where user_id = $1 and id = $2 returning id) select id from gone`,
      [userId, id],
    );
    return rows.length > 0;
  }
}
