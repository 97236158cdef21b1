import { startTestPostgres, type TestPostgres } from '@echo/testing';
import { Test, type TestingModule } from '@nestjs/testing';
import { Database } from '../database';
import { PersistenceModule } from '../persistence.module';
import { type RateLimit } from './rate-limit';
import { RateLimits } from './rate-limits';

const open = (url: string) => Test.createTestingModule({ imports: [PersistenceModule.register({ url, poolSize: 10 })] }).compile();

describe('limits that replicas share, on a real PostgreSQL', () => {
  let postgres: TestPostgres;
  let replicas: [TestingModule, TestingModule];
  let limits: RateLimits;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    replicas = await Promise.all([open(postgres.url), open(postgres.url)]);
    for (const replica of replicas) await replica.get(Database).connect();
    limits = replicas[0].get(RateLimits);
  });
  afterAll(async () => {
    for (const replica of replicas) await replica.close();
    await postgres.stop();
  });

  const limit = (name: string, seconds = 60): RateLimit => ({ name, points: 5, seconds });

  it('allows as many of twenty at once as there are points, over all replicas', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }).flatMap(() => replicas.map((replica) => replica.get(RateLimits).consume(limit('twenty'), 'ada'))),
    );
    expect(answers.filter((answer) => answer.isWithin)).toHaveLength(5);
    expect(Math.max(...answers.map((answer) => answer.resetSeconds))).toBe(60);
    expect(await limits.look(limit('twenty'), 'ada')).toMatchObject({ isWithin: false, remaining: 0 });
    expect(await limits.look(limit('twenty'), 'bob')).toEqual({ isWithin: true, remaining: 5, resetSeconds: 0 });
  });

  it('gives back what did not count, and forgets', async () => {
    await limits.consume(limit('back'), 'ada', 5);
    await limits.giveBack(limit('back'), 'ada');
    expect(await limits.consume(limit('back'), 'ada')).toMatchObject({ isWithin: true, remaining: 0 });
    expect(await limits.consume(limit('back'), 'ada')).toMatchObject({ isWithin: false });
    await limits.forget(limit('back'), 'ada');
    expect((await limits.look(limit('back'), 'ada')).remaining).toBe(5);
  });

  it('begins anew when the time is over', async () => {
    await limits.consume(limit('again', 1), 'ada', 5);
    while ((await limits.look(limit('again', 1), 'ada')).remaining === 0);
    expect(await limits.consume(limit('again', 1), 'ada')).toMatchObject({ isWithin: true, remaining: 4 });
  });

  it('keeps nobody’s name, and no counter for longer than its time', async () => {
    await limits.consume(limit('short', 1), 'ada@echo.test');
    const rows = () => replicas[0].get(Database).query<{ key: string }>(`select key from rate_limit where key like 'short%'`);
    expect(await rows()).toEqual([{ key: expect.stringMatching(/^short:[\w-]{22}$/) }]);
    while ((await limits.look(limit('short', 1), 'ada@echo.test')).remaining < 5);
    await limits.tidy();
    expect(await rows()).toEqual([]);
  });

  it('counts in this process while the database is away', async () => {
    const away = await open('postgres://nobody@127.0.0.1:1/none');
    const alone = away.get(RateLimits);
    for (let use = 0; use < 5; use++) expect(await alone.consume(limit('away'), 'ada')).toMatchObject({ isWithin: true });
    expect(await alone.consume(limit('away'), 'ada')).toMatchObject({ isWithin: false });
    await away.close();
  });
});
