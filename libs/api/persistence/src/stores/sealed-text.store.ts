import { Injectable } from '@nestjs/common';
import { Database } from '../database';

/** Every column that holds sealed texts, with the column that names its row. A new one belongs here, or a new master key passes it by. */
const SEALED = [
  { table: 'provider', id: 'id', column: 'api_key' },
  { table: 'provider', id: 'id', column: 'headers' },
  { table: 'provider', id: 'id', column: 'query' },
  { table: 'app_user', id: 'id', column: 'totp_secret' },
  { table: 'app_user', id: 'id', column: 'totp_pending' },
  // Last: once the canary is sealed anew, everything is.
  { table: 'seal_canary', id: 'id', column: 'sealed' },
] as const;

export interface SealedPlace {
  readonly table: string;
  readonly id: string;
  readonly column: string;
}

/** Sealed texts, wherever they are kept, and the canary that tells whether the key is the right one. Knows nothing of keys. */
@Injectable()
export class SealedTextStore {
  constructor(private readonly database: Database) {}

  /** The canary; undefined until something was sealed. */
  async read(): Promise<string | undefined> {
    const rows = await this.database.query<{ sealed: string }>('select sealed from seal_canary');
    return rows[0]?.sealed;
  }

  /** Puts a canary in, unless there is one. Returns the one that is there. */
  async put(sealed: string): Promise<string> {
    await this.database.query('insert into seal_canary (id, sealed) values (1, $1) on conflict do nothing', [sealed]);
    return (await this.read()) ?? sealed;
  }

  /** Calls `reseal` with each text; what it returns takes its place, unless it was changed meanwhile. Returns how many were replaced. */
  async replace(reseal: (sealed: string, place: SealedPlace) => string | undefined): Promise<number> {
    let replaced = 0;
    for (const { table, id, column } of SEALED) {
      const rows = await this.database.query<{ id: string; sealed: string }>(
        `select ${id}::text as id, ${column} as sealed from ${table} where ${column} is not null`,
      );
      for (const row of rows) {
        const fresh = reseal(row.sealed, { table, id: row.id, column });
        if (fresh === undefined) continue;
        await this.database.query(`update ${table} set ${column} = $3 where ${id}::text = $1 and ${column} = $2`, [
          row.id,
          row.sealed,
          fresh,
        ]);
        replaced++;
      }
    }
    return replaced;
  }
}
