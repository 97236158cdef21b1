import { startTestPostgres, type TestPostgres } from '@echo/testing';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { StorageUnavailableError } from '../errors';
import { OwnConnection, type OwnConnectionOptions } from './own-connection';
import { RunNotices } from './run-notices';

describe('a connection beside the pool, to a real PostgreSQL', () => {
  let postgres: TestPostgres;
  let connection: OwnConnection;
  /** Stands between; swallows what it is given while `isDeaf`. */
  let between: Server;
  let isDeaf: boolean;
  const sockets = new Set<Socket>();

  beforeAll(async () => {
    postgres = await startTestPostgres();
    const { hostname, port } = new URL(postgres.url);
    between = createServer((socket) => {
      const onward = connect(Number(port), hostname);
      socket.on('data', (data) => !isDeaf && onward.write(data));
      onward.on('data', (data) => !isDeaf && socket.write(data));
      for (const [one, other] of [
        [socket, onward],
        [onward, socket],
      ] as const) {
        sockets.add(one);
        one.on('error', () => undefined).on('close', () => other.destroy());
      }
    }).listen(0, '127.0.0.1');
    await once(between, 'listening');
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    between.close();
    await postgres.stop();
  });
  beforeEach(() => {
    isDeaf = false;
  });

  const url = (): string => {
    const through = new URL(postgres.url);
    through.host = `127.0.0.1:${(between.address() as AddressInfo).port}`;
    return through.href;
  };
  const open = (more: Partial<OwnConnectionOptions> = {}): OwnConnection =>
    (connection = new OwnConnection({ url: url(), name: 'test', timeoutMs: 300, ...more }));
  const answer = async (): Promise<number | undefined> =>
    (await connection.query<{ answer: number }>('select 42 as answer', []))[0]?.answer;

  describe('of any kind', () => {
    afterEach(() => connection.onApplicationShutdown());

    it('is opened by the first statement, and stays open', async () => {
      const onOpen = jest.fn().mockResolvedValue(undefined);
      open({ onOpen });
      expect([await answer(), await answer()]).toEqual([42, 42]);
      expect(onOpen).toHaveBeenCalledTimes(1);
    });

    it('is given up when nothing answers, and opened again when something does', async () => {
      open();
      await answer();
      isDeaf = true;
      await expect(answer()).rejects.toThrow(StorageUnavailableError);
      isDeaf = false;
      expect(await answer()).toBe(42);
    });

    it('is opened again after the server has ended it', async () => {
      open();
      await expect(connection.query('select pg_terminate_backend(pg_backend_pid())', [])).rejects.toThrow(StorageUnavailableError);
      expect(await answer()).toBe(42);
    });

    it('is one and the same through every failure of a statement, and one of it is left whatever failed', async () => {
      open();
      const raise = (code: string) => connection.query(`do $$ begin raise 'it failed' using errcode = '${code}'; end $$`, []);
      const own = async () => (await connection.query<{ pid: number }>('select pg_backend_pid() as pid', []))[0]?.pid;
      const pid = await own();
      for (const code of ['53100', '53200', '58030']) await expect(raise(code)).rejects.toThrow(StorageUnavailableError);
      expect(await own()).toBe(pid);
      for (let time = 0; time < 3; time++) {
        await expect(connection.query('select pg_sleep(0.5)', [])).rejects.toThrow(StorageUnavailableError);
        await answer();
      }
      const count = `select count(*)::int as open from pg_stat_activity where application_name = 'test' and state is not null`;
      const left = async () => (await connection.query<{ open: number }>(count, []))[0]?.open;
      for (const deadline = performance.now() + 5_000; (await left()) !== 1 && performance.now() < deadline;)
        await new Promise((resolve) => setTimeout(resolve, 50));
      expect(await left()).toBe(1);
    });

    it('tells when it cannot be opened, and tries again', async () => {
      open({ url: 'postgres://nobody:wrong@127.0.0.1:1/none' });
      await expect(answer()).rejects.toThrow(StorageUnavailableError);
      await expect(answer()).rejects.toThrow(StorageUnavailableError);
    });

    it('is not opened any more after its end', async () => {
      open();
      await answer();
      await connection.onApplicationShutdown();
      await expect(answer()).rejects.toThrow(StorageUnavailableError);
    });
  });

  it('hears notices, and says when it may have missed some', async () => {
    const notices = new RunNotices(url());
    const heard: (string | undefined)[] = [];
    let wake: () => void = () => undefined;
    notices.listen((id) => {
      heard.push(id);
      wake();
    });
    const tell = (id: string) => notices.query(`select pg_notify('echo_runs', $1)`, [id]);
    const until = async (count: number): Promise<void> => {
      while (heard.length < count) await new Promise<void>((resolve) => (wake = resolve));
    };
    await tell('one');
    await until(2);
    isDeaf = true;
    await expect(tell('lost')).rejects.toThrow(StorageUnavailableError);
    isDeaf = false;
    await tell('two');
    await until(4);
    expect(heard).toEqual([undefined, 'one', undefined, 'two']);
    await notices.onApplicationShutdown();
  }, 15_000);
});
