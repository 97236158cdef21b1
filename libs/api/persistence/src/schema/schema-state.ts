import { MIGRATIONS, MIGRATIONS_TABLE } from './migrations';

/** How the schema of a database stands to this code. */
export interface SchemaState {
  /** Names of migrations that were run, oldest first. */
  readonly applied: readonly string[];
  /** Of those that this code has and that were not run. */
  readonly pending: readonly string[];
  /** Of those that were run and that this code does not know: a newer release was here. */
  readonly unknown: readonly string[];
}

/** The schema is newer than the code: it must not be used by it. */
export class SchemaNewerError extends Error {
  constructor(readonly unknown: readonly string[]) {
    super(
      `The database was migrated by a newer release of EchoV2 (${unknown.join(', ')}). Start that release or a later one, or restore the backup from before the upgrade into an empty database.`,
    );
  }
}

/** Asks one statement. */
export type Ask = <Row>(sql: string, parameters?: readonly unknown[]) => Promise<readonly Row[]>;

/** Reads what was run. An empty database has run nothing. */
export async function readSchemaState(ask: Ask): Promise<SchemaState> {
  const [{ exists } = { exists: false }] = await ask<{ exists: boolean }>('select to_regclass($1) is not null as exists', [
    MIGRATIONS_TABLE,
  ]);
  const rows = exists ? await ask<{ name: string }>(`select name from ${MIGRATIONS_TABLE} order by id`) : [];
  const applied = rows.map(({ name }) => name);
  const known = MIGRATIONS.map(({ name }) => name);
  return {
    applied,
    pending: known.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !known.includes(name)),
  };
}
