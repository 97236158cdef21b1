import { startTestPostgres, type TestPostgres } from '@echo/testing';
import { Test } from '@nestjs/testing';
import { Client } from 'pg';
import { Database } from '../database';
import { PersistenceModule } from '../persistence.module';
import { dataSourceOptions } from './data-source-options';
import { migrateSchema, statementsOf } from './migrate';
import { MIGRATIONS } from './migrations';
import { type Ask, readSchemaState, SchemaNewerError } from './schema-state';

const NAMES = MIGRATIONS.map(({ name }) => name);

describe('the schema', () => {
  let postgres: TestPostgres;
  let client: Client;
  let ask: Ask;

  beforeEach(async () => {
    postgres = await startTestPostgres();
    client = new Client({ connectionString: postgres.url });
    await client.connect();
    ask = async <Row>(sql: string, parameters: readonly unknown[] = []) => (await client.query(sql, [...parameters])).rows as Row[];
  });
  afterEach(async () => {
    await client.end();
    await postgres.stop();
  });

  const migrate = () => migrateSchema(dataSourceOptions({ url: postgres.url, poolSize: 2 }));

  it('of an empty database is all to be made, and nothing after it was', async () => {
    expect(await readSchemaState(ask)).toEqual({ applied: [], pending: NAMES, unknown: [] });
    expect(await migrate()).toEqual({ applied: [], pending: NAMES, unknown: [] });
    expect(await readSchemaState(ask)).toEqual({ applied: NAMES, pending: [], unknown: [] });
  });

  it('that a newer release made is refused with a sentence and left alone', async () => {
    await migrate();
    await ask(`insert into migration (timestamp, name) values (9999999999999, 'FromTheFuture9999999999999')`);
    await ask(`delete from migration where name = $1`, [NAMES.at(-1)]);
    await expect(migrate()).rejects.toThrow(/newer release of EchoV2 \(FromTheFuture9999999999999\).*restore the backup/);
    const module = await Test.createTestingModule({ imports: [PersistenceModule.register({ url: postgres.url, poolSize: 2 })] }).compile();
    await expect(module.get(Database).connect()).rejects.toThrow(SchemaNewerError);
    expect(module.get(Database).ready).toBe(false);
    await module.close();
    expect((await readSchemaState(ask)).pending).toEqual([NAMES.at(-1)]);
  });

  it('is made by statements that can be shown before they run', async () => {
    for (const name of NAMES) for (const statement of await statementsOf(name)) await ask(statement);
    const shapeOf = (asked: Ask) =>
      asked(
        `select table_name, column_name, data_type, is_nullable, column_default from information_schema.columns
         where table_schema = 'public' and table_name <> 'migration' order by 1, 2`,
      );
    const shown = await shapeOf(ask);
    await ask('drop schema public cascade');
    await ask('create schema public');
    await migrate();
    expect(await shapeOf(ask)).toEqual(shown);
    await expect(statementsOf('Nothing1')).rejects.toThrow('There is no migration Nothing1.');
  });

  it('waits for a table no longer than others may wait behind it', async () => {
    for (const statement of await statementsOf(NAMES[0] ?? '')) await ask(statement);
    await ask('create table migration (id serial primary key, timestamp bigint not null, name varchar not null)');
    await ask('insert into migration (timestamp, name) values ($1, $2)', [Number(NAMES[0]?.slice(-13)), NAMES[0]]);
    await ask('begin');
    await ask('lock table run, message, app_user, conversation in access share mode');
    await expect(migrate()).rejects.toThrow(/lock timeout/);
    await ask('rollback');
    await migrate();
    expect((await readSchemaState(ask)).pending).toEqual([]);
  }, 20_000);
});
