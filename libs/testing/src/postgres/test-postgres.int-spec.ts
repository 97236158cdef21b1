import { Client } from 'pg';
import { startTestPostgres, type TestPostgres } from './test-postgres';
import { startTestServer } from './test-server';

jest.setTimeout(60_000);

describe('a PostgreSQL for tests', () => {
  const started: TestPostgres[] = [];
  const start = async () => {
    const postgres = await startTestPostgres();
    started.push(postgres);
    return postgres;
  };

  afterAll(async () => {
    for (const postgres of started) await postgres.stop();
  });

  it('gives each caller an empty database of its own', async () => {
    const [one, two] = [await start(), await start()];
    await query(one.url, 'create table note as select 1 as one');
    await expect(query(two.url, 'select * from note')).rejects.toMatchObject({ code: '42P01' });
  });

  it('removes the database although somebody is connected', async () => {
    const { url, stop } = await startTestPostgres();
    const client = new Client({ connectionString: url });
    const cutOff = new Promise<Error>((resolve) => client.on('error', resolve));
    await client.connect();
    await stop();
    await expect(cutOff).resolves.toBeInstanceOf(Error);
    await expect(query(url, 'select 1')).rejects.toThrow();
  });

  it('refuses a choice of server that does not exist', async () => {
    const before = process.env['ECHO_TEST_POSTGRES'];
    process.env['ECHO_TEST_POSTGRES'] = 'sqlite';
    try {
      await expect(startTestServer()).rejects.toThrow('ECHO_TEST_POSTGRES is "sqlite": it can be "container" or "embedded".');
    } finally {
      if (before === undefined) delete process.env['ECHO_TEST_POSTGRES'];
      else process.env['ECHO_TEST_POSTGRES'] = before;
    }
  });
});

async function query(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(sql);
  } finally {
    await client.end();
  }
}
