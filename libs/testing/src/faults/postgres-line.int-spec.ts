import { Client } from 'pg';
import { startTestPostgres, type TestPostgres } from '../postgres/test-postgres';
import { PostgresLine } from './postgres-line';

describe('PostgresLine', () => {
  let postgres: TestPostgres;
  let line: PostgresLine;
  const clients: Client[] = [];

  beforeAll(async () => {
    postgres = await startTestPostgres();
    line = await PostgresLine.start(postgres.url);
    await (await open(postgres.url)).query('create table note (id int primary key)');
  }, 30_000);
  afterAll(async () => {
    for (const client of clients) await client.end().catch(() => undefined);
    line.proxy.away();
    await postgres.stop();
  });

  const open = async (url = line.url): Promise<Client> => {
    const client = new Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    clients.push(client);
    return client;
  };
  const stored = async (): Promise<number[]> => {
    const { rows } = await (await open(postgres.url)).query<{ id: number }>('select id from note order by id');
    return rows.map(({ id }) => id);
  };
  /** A transaction that inserts `id`; how it ended for the client. */
  const insert = async (client: Client, id: number): Promise<string> => {
    try {
      await client.query('START TRANSACTION');
      await client.query('insert into note values ($1)', [id]);
      await client.query('COMMIT');
      return 'committed';
    } catch {
      return 'unknown';
    }
  };

  it('holds a COMMIT before the server sees it: nothing is stored when the line is cut', async () => {
    const held = line.hold('before', /insert into note/);
    const outcome = insert(await open(), 1);
    (await held).cut();
    expect([await outcome, await stored()]).toEqual(['unknown', []]);
  });

  it('holds the answer to a COMMIT: it is stored and the client does not know', async () => {
    const held = line.hold('after', /insert into note/);
    const outcome = insert(await open(), 2);
    const { cut } = await held;
    expect(await stored()).toEqual([2]);
    cut();
    expect(await outcome).toBe('unknown');
  });

  it('lets other transactions pass, and a held one go on', async () => {
    let isHeld = false;
    void line.hold('after', /insert into other/).then(() => (isHeld = true));
    expect(await insert(await open(), 3)).toBe('committed');
    const mine = line.hold('before', /insert into note/);
    const outcome = insert(await open(), 4);
    (await mine).release();
    expect(await outcome).toBe('committed');
    expect(isHeld).toBe(false);
  });

  it('knows a prepared statement by its text, also the second time', async () => {
    const client = await open();
    const query = (id: number) => client.query({ name: 'add', text: 'insert into note values ($1)', values: [id] });
    await query(5);
    const held = line.hold('after', /insert into note/);
    const outcome = query(6).then(
      () => 'done',
      () => 'unknown',
    );
    (await held).cut();
    expect([await outcome, (await stored()).includes(6)]).toEqual(['unknown', true]);
  });

  it('loses notices when it is told to, and nothing else', async () => {
    const client = await open();
    const heard: (string | undefined)[] = [];
    client.on('notification', ({ payload }) => heard.push(payload));
    await client.query('listen news');
    for (const payload of ['one', 'two', 'three']) {
      line.dropNotices = payload === 'two';
      await client.query(`notify news, '${payload}'`);
    }
    expect(heard).toEqual(['one', 'three']);
  });
});
