import { DataSource, type DataSourceOptions } from 'typeorm';
import { closeSource } from '../close-source';
import { MIGRATIONS } from './migrations';
import { type Ask, readSchemaState, SchemaNewerError, type SchemaState } from './schema-state';

/** Held while migrating, so that replicas that start together do it one after the other. */
const MIGRATION_LOCK = 4_207_001;
/** Milliseconds that a migration waits for a table: everybody who comes after it waits as well, so it gives up and is tried again. */
const LOCK_MS = 3_000;

/**
 * Brings the schema to this code, under a lock of the whole database, on connections of its own: a migration may take longer than any other statement is
 * allowed to. Returns how it stood before.
 * @throws SchemaNewerError where a newer release was here; nothing is changed then.
 */
export async function migrateSchema(options: DataSourceOptions): Promise<SchemaState> {
  const patient = await new DataSource({
    ...options,
    extra: { max: 2, keepAlive: true, lock_timeout: LOCK_MS },
  }).initialize();
  try {
    const runner = patient.createQueryRunner();
    await runner.query('set lock_timeout = 0');
    await runner.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const before = await readSchemaState(asker(patient));
    if (before.unknown.length > 0) throw new SchemaNewerError(before.unknown);
    await patient.runMigrations({ transaction: 'each' });
    await runner.release();
    return before;
  } finally {
    // The lock goes with its connection.
    await closeSource(patient);
  }
}

/** The statements of one migration, as they would be run. */
export async function statementsOf(name: string): Promise<string[]> {
  const statements: string[] = [];
  const Found = MIGRATIONS.find((migration) => migration.name === name);
  const recorder = { query: (sql: string) => Promise.resolve(void statements.push(sql)) };
  // Migrations are given a runner and only ever let it run statements; a test holds them to that.
  await new (Found ?? unknownMigration(name))().up(recorder as never);
  return statements;
}

function asker(source: DataSource): Ask {
  return <Row>(sql: string, parameters: readonly unknown[] = []) => source.query<Row[]>(sql, [...parameters]);
}

function unknownMigration(name: string): never {
  throw new Error(`There is no migration ${name}.`);
}
