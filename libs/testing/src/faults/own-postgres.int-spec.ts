import { OwnPostgres } from './own-postgres';
import { askPostgres } from './read-stored';

describe('OwnPostgres', () => {
  it('keeps what was committed over a kill and an immediate stop, at the same address', async () => {
    const postgres = await OwnPostgres.start({ settings: { max_connections: '7' } });
    try {
      const { url } = postgres;
      await askPostgres(url, 'create table note (id int)');
      for (const signal of ['SIGKILL', 'SIGQUIT', 'SIGINT'] as const) {
        await askPostgres(url, 'insert into note values (1)');
        await postgres.end(signal);
        await expect(askPostgres(url, 'select 1')).rejects.toThrow();
        await postgres.resume();
      }
      expect(await askPostgres(url, 'select count(*)::int from note')).toEqual([{ count: 3 }]);
      expect(await askPostgres(url, 'show max_connections')).toEqual([{ max_connections: '7' }]);
    } finally {
      await postgres.stop();
    }
  }, 60_000);
});
