import { Injectable } from '@nestjs/common';
import { Database } from '../database';
import { settingsChanged } from './settings-changed.sql';

const WRITE = `
  with changed as (
    insert into setting (name, value) values ($1, $2::jsonb)
    on conflict (name) do update set value = excluded.value, updated_at = now() returning name
  ), ${settingsChanged('changed')}
  select name, (select count(*) from told) as told from changed`;

/** Settings that administrators change at run time. Every change is told to all replicas. */
@Injectable()
export class SettingStore {
  constructor(private readonly database: Database) {}

  /** All that were ever set, by name. */
  async all(): Promise<ReadonlyMap<string, unknown>> {
    const rows = await this.database.query<{ name: string; value: unknown }>('select name, value from setting');
    return new Map(rows.map(({ name, value }) => [name, value]));
  }

  async write(name: string, value: unknown): Promise<void> {
    await this.database.query(WRITE, [name, JSON.stringify(value)]);
  }

  /** A number that grows with every change of a setting or a provider. */
  async version(): Promise<number> {
    const rows = await this.database.query<{ version: number }>('select version from settings_version');
    return rows[0]?.version ?? 0;
  }
}
