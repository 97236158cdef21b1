import { EchoApp, EventReader, findFreePort, startTestPostgres, type TestPostgres } from '@echo/testing';
import { previousRelease, ReleaseCode } from './support/release-code';
import { startOf } from './support/test-api';

const previous = previousRelease();
if (typeof previous === 'string') process.stderr.write(`${previous} Whether both releases run side by side is not tried.\n`);
const { name, commit } = typeof previous === 'string' ? { name: '', commit: '' } : previous;

/** While replicas are replaced the old code goes on beside the new one. Kept statements (upgrades.e2e-spec.ts) show that it could; here it does. */
(commit === '' ? describe.skip : describe)(`a replica of release ${name} and one of this one on one database`, () => {
  let code: ReleaseCode;
  let postgres: TestPostgres;
  let old: EchoApp;
  let fresh: EchoApp;
  let live: EventReader;

  /** Below a path of its own, since what it answers is not what this release's API says of itself, against which this suite holds every answer below /api. */
  const OLD = '/old';
  const api = (app: EchoApp): string => (app === old ? `${app.url}${OLD}/api` : `${app.url}/api`);
  const ask = (app: EchoApp, prompt: string) => EventReader.post(`${api(app)}/chat`, { prompt, provider: 'guide' });
  const follow = (app: EchoApp, reader: EventReader) => EventReader.open(`${api(app)}/runs/${startOf(reader).run_id}/events`);
  const begin = async (app: EchoApp, words: number): Promise<EventReader> => {
    const reader = await ask(app, `/demo long ${words}`);
    return reader.until(({ text }) => text.length > 50);
  };

  beforeAll(async () => {
    [code, postgres] = [ReleaseCode.of(commit), await startTestPostgres()];
    const port = String(await findFreePort());
    const env = { DATABASE_URL: postgres.url, PORT: port, ECHO_PUBLIC_URL: `http://127.0.0.1:${port}${OLD}` };
    old = await EchoApp.start({ env, main: code.main });
    live = await begin(old, 250);
    fresh = await EchoApp.start({ env: { DATABASE_URL: postgres.url } });
  }, 60_000);
  afterAll(async () => {
    await old?.stop('SIGKILL');
    await fresh?.stop('SIGKILL');
    await postgres?.stop();
    code?.remove();
  });

  it('lets the old one finish what it was in the middle of when the new one migrated, and shows it at both', async () => {
    const watcher = await follow(fresh, live);
    await Promise.all([live.all(), watcher.all()]);
    expect(live.last).toMatchObject({ type: 'done', finish_reason: 'stop' });
    expect([watcher.text, watcher.last]).toEqual([live.text, live.last]);
  });

  it('lets both answer, and each read what the other one stored', async () => {
    for (const [asked, other] of [
      [old, fresh],
      [fresh, old],
    ] as const) {
      const reader = await ask(asked, 'Side by side');
      await reader.all();
      expect(reader.last).toMatchObject({ type: 'done' });
      const answer = await fetch(`${api(other)}/conversations/${startOf(reader).conversation_id}/messages`);
      const { items } = (await answer.json()) as { items: { content: string }[] };
      expect(items.map(({ content }) => content)).toEqual(['Side by side', reader.text]);
    }
  });

  it('lets each stop what the other one makes', async () => {
    for (const [making, other] of [
      [old, fresh],
      [fresh, old],
    ] as const) {
      const reader = await begin(making, 3_000);
      await fetch(`${api(other)}/runs/${startOf(reader).run_id}/stop`, { method: 'POST', headers: { 'x-requested-with': 'test' } });
      await reader.all();
      expect(reader.last).toMatchObject({ type: 'done', finish_reason: 'stopped' });
    }
  });

  it('closes what a killed one was making, with what was seen', async () => {
    const reader = await begin(old, 3_000);
    const watcher = await follow(fresh, reader);
    await watcher.until(({ text }) => text.length > 50);
    await old.stop('SIGKILL');
    await watcher.all();
    expect(watcher.text.startsWith(reader.text)).toBe(true);
    expect(watcher.last).toMatchObject({ type: 'error', code: 'interrupted', partial: true });
  });
});
