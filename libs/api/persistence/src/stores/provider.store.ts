import { Injectable } from '@nestjs/common';
import { Database } from '../database';
import { ProviderEntity, type ProviderRow } from '../entities/provider.entity';
import { settingsChanged } from './settings-changed.sql';

/** Field → column, in the order of the statements' parameters. The id comes first. */
const COLUMNS = {
  id: 'id',
  name: 'name',
  wire: 'wire',
  baseUrl: 'base_url',
  apiKey: 'api_key',
  keyHint: 'key_hint',
  headers: 'headers',
  query: 'query',
  models: 'models',
  defaultModel: 'default_model',
  continues: 'continues',
  templateTokens: 'template_tokens',
  allowPrivate: 'allow_private',
  enabled: 'enabled',
  connectTimeout: 'connect_timeout',
  firstContentTimeout: 'first_content_timeout',
  idleTimeout: 'idle_timeout',
  totalTimeout: 'total_timeout',
} as const satisfies Record<keyof ProviderRow, string>;
const FIELDS = Object.keys(COLUMNS) as (keyof ProviderRow)[];
const PLACES = FIELDS.map((_, index) => `$${index + 1}`);

const INSERT = `
  with changed as (
    insert into provider (${Object.values(COLUMNS).join(', ')}) values (${PLACES.join(', ')}) on conflict (id) do nothing returning id
  ), ${settingsChanged('changed')}
  select id, (select count(*) from told) as told from changed`;

const UPDATE = `
  with changed as (
    update provider set updated_at = now(), ${FIELDS.slice(1)
      .map((field, index) => `${COLUMNS[field]} = $${index + 2}`)
      .join(', ')}
    where id = $1 returning id
  ), ${settingsChanged('changed')}
  select id, (select count(*) from told) as told from changed`;

const DELETE = `
  with changed as (delete from provider where id = $1 returning id), ${settingsChanged('changed')}
  select id, (select count(*) from told) as told from changed`;

/** Providers that administrators added. They belong to the installation, not to a person. Every change is told to all replicas. */
@Injectable()
export class ProviderStore {
  constructor(private readonly database: Database) {}

  /** Oldest first: the order in which they are shown. */
  list(): Promise<ProviderEntity[]> {
    return this.database.run((manager) => manager.find(ProviderEntity, { order: { createdAt: 'asc', id: 'asc' } }));
  }

  async find(id: string): Promise<ProviderEntity | undefined> {
    return (await this.database.run((manager) => manager.findOneBy(ProviderEntity, { id }))) ?? undefined;
  }

  /** Returns false when the id is taken. */
  async insert(row: ProviderRow): Promise<boolean> {
    return this.#change(INSERT, valuesOf(row));
  }

  /** Replaces the whole row, so that a key never stands beside an address that it was not given for. Returns false when there is none. */
  async replace(row: ProviderRow): Promise<boolean> {
    return this.#change(UPDATE, valuesOf(row));
  }

  /** Returns false when there is none. */
  async delete(id: string): Promise<boolean> {
    return this.#change(DELETE, [id]);
  }

  async #change(sql: string, values: readonly unknown[]): Promise<boolean> {
    return (await this.database.query(sql, values)).length > 0;
  }
}

function valuesOf(row: ProviderRow): unknown[] {
  return FIELDS.map((field) => row[field]);
}
