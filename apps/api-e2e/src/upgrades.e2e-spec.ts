import { askPostgres, EchoApp, EventReader, startTestPostgres, type TestPostgres } from '@echo/testing';
import { tmpdir } from 'node:os';
import { runCommand } from './support/command';
import { Person } from './support/person';
import { dumpOf, RELEASES, statementsOf, type Story, storyOf } from './support/releases';
import { TestApi } from './support/test-api';

/* eslint-disable @typescript-eslint/no-explicit-any -- bodies of answers are JSON of any shape */

describe.each(RELEASES)('a database of release %s', (release) => {
  let story: Story;
  let api: TestApi;

  beforeAll(async () => {
    story = storyOf(release);
    api = await TestApi.start({ ECHO_AUTH: 'accounts', ECHO_MASTER_KEY: story.masterKey }, (postgres) =>
      askPostgres(postgres.url, dumpOf(release)),
    );
  }, 60_000);
  afterAll(() => api.stop());

  const enter = (email: string, name: string) => new Person(api, email, name, story.password).elsewhere();

  it('is brought to this release, with nothing left to do', async () => {
    const { code, output } = await runCommand('migrate', ['--check'], { DATABASE_URL: api.postgres.url }, tmpdir());
    expect(output).toMatch(/makes 0 more/);
    expect(code).toBe(0);
  });

  it('shows everybody every conversation and every message as they were', async () => {
    for (const { email, name, conversations } of story.people) {
      const person = await enter(email, name);
      const { items } = (await person.get('/api/conversations')).body;
      expect(items.map(({ id, title, pinned }: any) => ({ id, title, pinned }))).toEqual(
        conversations.map(({ id, title, pinned }) => ({ id, title, pinned })),
      );
      for (const { id, messages } of conversations) {
        const found = (await person.get(`/api/conversations/${id}/messages`)).body.items;
        const kept = messages.filter((message) => message.id !== story.live.message_id);
        expect(found.filter((message: any) => message.id !== story.live.message_id)).toMatchObject(kept);
      }
    }
  });

  it('ends what its server left open, with the text that was seen', async () => {
    const key = { authorization: `Bearer ${story.key}` };
    const follow = await EventReader.open(`${api.url}/api/runs/${story.live.run_id}/events`, { headers: key });
    await follow.all();
    expect(follow.text).toMatch(/^This answer/);
    const { body: messages } = await api.send('get', `/api/conversations/${story.live.conversation_id}/messages`, undefined, key);
    expect(messages.items.at(-1)).toMatchObject({ id: story.live.message_id, status: 'interrupted', content: follow.text });
  }, 40_000);

  it('opens what it sealed, keeps what was counted, and goes on', async () => {
    const [first] = story.people;
    const ada = await enter(first?.email ?? '', first?.name ?? '');
    const { providers } = (await ada.get('/api/admin/providers')).body;
    expect(providers.find(({ id }: any) => id === story.provider)).toMatchObject({
      locked: false,
      key_hint: expect.stringMatching(/^.{4}$/),
    });
    expect((await ada.get('/api/admin/users')).body.items).toHaveLength(story.people.length);
    const conversation = first?.conversations[0]?.id;
    const asked = await ada.post('/api/chat', { prompt: 'And now?', conversation_id: conversation, provider: 'guide' });
    expect(asked.status).toBe(200);
    expect(asked.body.response).toContain('And now?');
    expect(asked.body.message_id).toBeGreaterThan(story.live.message_id);
  });

  it('takes every statement of its own release, so that both run side by side while replicas are replaced', async () => {
    const statements = statementsOf(release);
    expect(statements.length).toBeGreaterThan(40);
    for (const [index, statement] of statements.entries())
      await askPostgres(api.postgres.url, `prepare old_${index} as ${statement}`).catch((error: unknown) => {
        throw new Error(`Release ${release} could not run beside this one any more: ${statement}`, { cause: error });
      });
  });

  it('asks for nothing in a row that its own release does not know', async () => {
    const required = (url: string) =>
      askPostgres<{ column: string }>(
        url,
        `select table_name || '.' || column_name as column from information_schema.columns
         where table_schema = 'public' and is_nullable = 'NO' and column_default is null and is_identity = 'NO' and is_generated = 'NEVER' order by 1`,
      );
    const old = await startTestPostgres();
    try {
      await askPostgres(old.url, dumpOf(release));
      const tables = new Set(
        (await askPostgres<{ name: string }>(old.url, `select tablename as name from pg_tables where schemaname = 'public'`)).map(
          ({ name }) => name,
        ),
      );
      const known = new Set((await required(old.url)).map(({ column }) => column));
      const asked = (await required(api.postgres.url)).map(({ column }) => column);
      expect(asked.filter((column) => tables.has(column.split('.')[0] ?? '') && !known.has(column))).toEqual([]);
    } finally {
      await old.stop();
    }
  });
});

describe('this release on a database that a newer one has migrated', () => {
  let postgres: TestPostgres;
  let app: EchoApp;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    app = await EchoApp.start({ env: { DATABASE_URL: postgres.url } });
  });
  afterAll(async () => {
    await app.stop('SIGKILL');
    await postgres.stop();
  });

  const ask = (prompt: string) => EventReader.post(`${app.url}/api/chat`, { prompt, provider: 'guide' });

  it('goes on where it runs, also with what it is in the middle of', async () => {
    await (await ask('Before')).all();
    const live = await ask('/demo long 150');
    await live.until(({ text }) => text.length > 100);
    await askPostgres(
      postgres.url,
      `alter table conversation add column from_the_future text; alter table message add column from_the_future text not null default 'x';
       alter table run add column from_the_future jsonb; alter table app_user add column from_the_future int;
       create table future_thing (id bigint generated always as identity primary key);
       insert into migration (timestamp, name) values (9999999999999, 'FromTheFuture9999999999999')`,
    );
    await live.all();
    expect(live.last).toMatchObject({ type: 'done' });
    const after = await (await ask('After')).all();
    expect(after.last).toMatchObject({ type: 'done' });
    const list = await fetch(`${app.url}/api/conversations`);
    expect(((await list.json()) as { items: unknown[] }).items).toHaveLength(3);
  });

  it('says so and does not start anew', async () => {
    const fresh = EchoApp.spawn({ env: { DATABASE_URL: postgres.url } });
    expect(await fresh.exit()).toBe(1);
    expect(fresh.output).toMatch(/migrated by a newer release of EchoV2 \(FromTheFuture9999999999999\)\. Start that release/);
    expect(await askPostgres(postgres.url, `select name from migration where name like 'FromTheFuture%'`)).toHaveLength(1);
    const { code, output } = await runCommand('migrate', [], { DATABASE_URL: postgres.url }, tmpdir());
    expect(code).toBe(1);
    expect(output).toMatch(/newer release/);
  });
});
