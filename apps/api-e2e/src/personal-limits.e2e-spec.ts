import { askPostgres, EchoApp, openAiChat } from '@echo/testing';
import request from 'supertest';
import { outcome, Person } from './support/person';
import { TestApi } from './support/test-api';

const TWENTY = Array.from({ length: 20 }, (_, index) => index);

describe('limits of each person', () => {
  let api: TestApi;
  let ada: Person;
  let bob: Person;

  beforeAll(async () => {
    api = await TestApi.start({ ECHO_AUTH: 'accounts', ECHO_MESSAGES_PER_MINUTE: '5', ECHO_MAX_LIVE_RUNS_PER_USER: '2' });
    ada = await Person.setUp(api);
    bob = await ada.invite('bob@echo.test');
  });
  afterAll(() => api.stop());
  beforeEach(async () => {
    await askPostgres(api.postgres.url, 'delete from message_allowance');
    api.resetProvider();
    api.answerAll(openAiChat.text(['ok']));
  });

  const say = (person: Person, headers = {}) => person.post('/api/chat', { prompt: 'Hi' }, headers);
  const left = async (person: Person) => (await person.get('/api/account/limits')).body.allowances;
  const used = (count: number) =>
    askPostgres(
      api.postgres.url,
      `insert into message_allowance select $1, 'person', $2, now() on conflict (owner_id, bucket) do update set used = $2`,
      [ada.id, count],
    );

  it('take as many messages in a minute as are allowed, and not one more; in another minute again', async () => {
    for (const remaining of [4, 3, 2, 1, 0]) {
      const { status, headers } = await say(ada);
      expect([status, headers['ratelimit']?.split(', ')[0]?.replace(/t=\d+/, 't=n')]).toEqual([200, `"messages";r=${remaining};t=n`]);
      expect(headers['ratelimit-policy']).toBe('"messages";q=5;w=60, "live_runs";q=2');
    }
    const refused = await say(ada);
    expect(outcome(refused)).toEqual([429, 'rate_limited']);
    const seconds = Number(refused.headers['retry-after']);
    expect(seconds).toBeGreaterThan(40);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(refused.body.detail).toBe(`5 messages a minute are possible. Send the next one in ${seconds} seconds.`);
    expect(await left(ada)).toMatchObject([
      { name: 'messages', limit: 5, remaining: 0 },
      { name: 'live_runs', limit: 2, remaining: 2, reset_seconds: 0 },
    ]);
    expect((await say(bob)).status).toBe(200);
    await askPostgres(api.postgres.url, `update message_allowance set since = since - interval '61 seconds'`);
    expect(await left(ada)).toMatchObject([{ remaining: 5, reset_seconds: 0 }, {}]);
    expect((await say(ada)).status).toBe(200);
  });

  it('count each key apart from its owner', async () => {
    await used(5);
    const key = await ada.key('chat:write', 'usage:read');
    expect(outcome(await say(ada))).toEqual([429, 'rate_limited']);
    const { status, headers } = await api.post('/api/chat', { prompt: 'Hi' }, key.headers);
    expect([status, headers['ratelimit']]).toEqual([200, expect.stringContaining('"messages";r=4;')]);
    const { body } = await api.send('get', '/api/account/limits', undefined, key.headers);
    expect(body.allowances[0]).toMatchObject({ limit: 5, remaining: 4 });
  });

  it('accept exactly one of twenty at once when one is left, whichever replica they meet', async () => {
    const beside = await EchoApp.start({ env: { ...api.env } });
    try {
      await used(4);
      const answers = await Promise.all(
        TWENTY.map((index) =>
          request(index % 2 === 0 ? api.url : beside.url)
            .post('/api/chat')
            .set(ada.headers)
            .send({ prompt: `at once ${index}` }),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 429)]);
      const stored = await askPostgres(api.postgres.url, `select count(*)::int from message where content like 'at once %'`);
      expect(stored).toEqual([{ count: 1 }]);
    } finally {
      await beside.stop('SIGKILL');
    }
  });

  it('do not count replays under a known key, nor anything that was refused', async () => {
    const key = { 'idempotency-key': 'the-same' };
    const first = await say(ada, key);
    for (let times = 0; times < 6; times++) expect((await say(ada, key)).body.run_id).toBe(first.body.run_id);
    expect((await ada.post('/api/chat', { prompt: '' })).status).toBe(422);
    expect((await ada.post('/api/chat', { prompt: 'Hi', conversation_id: 999_999_999 })).status).toBe(404);
    expect((await ada.post('/api/chat', { prompt: 'Hi', model: 'none' })).status).toBe(422);
    expect(outcome(await ada.post('/api/chat', { prompt: 'Other' }, key))).toEqual([422, 'idempotency_mismatch']);
    expect(await left(ada)).toMatchObject([{ remaining: 4 }, {}]);
    await used(5);
    // A known key is looked up before any limit.
    expect((await say(ada, key)).body.run_id).toBe(first.body.run_id);
    const anew = { 'idempotency-key': 'another' };
    expect(outcome(await say(ada, anew))).toEqual([429, 'rate_limited']);
    await askPostgres(api.postgres.url, 'delete from message_allowance');
    expect((await say(ada, anew)).status).toBe(200);
  });

  it('let two answers be made at the same time, and a third once one was stopped', async () => {
    api.answerAll(openAiChat.text(['on and on'], { then: [{ hold: true }] }));
    const streams = [];
    for (let index = 0; index < 2; index++) streams.push(await api.stream('/api/chat', { prompt: `live ${index}` }, ada.headers));
    await Promise.all(streams.map((stream) => stream.until((reader) => reader.text !== '')));
    const refused = await say(ada);
    expect([...outcome(refused), refused.headers['retry-after']]).toEqual([429, 'too_many_live_runs', '5']);
    expect(await left(ada)).toMatchObject([{ remaining: 3 }, { remaining: 0 }]);
    api.answerAll(openAiChat.text(['ok']));
    expect((await say(bob)).status).toBe(200);
    const { run_id } = streams[0]?.events[0]?.event as { run_id: string };
    await ada.post(`/api/runs/${run_id}/stop`, {});
    expect((await say(ada)).status).toBe(200);
    const other = streams[1]?.events[0]?.event as { run_id: string };
    await ada.post(`/api/runs/${other.run_id}/stop`, {});
  });

  it('accept two of twenty at once', async () => {
    await askPostgres(
      api.postgres.url,
      `insert into message_allowance values ($1, 'person', -20, now()) on conflict (owner_id, bucket) do update set used = -20`,
      [ada.id],
    );
    api.answerAll(openAiChat.text(['on and on'], { then: [{ hold: true }] }));
    const streams = await Promise.all(
      TWENTY.map((index) =>
        fetch(`${api.url}/api/chat`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...ada.headers },
          body: JSON.stringify({ prompt: `beside ${index}`, stream: true }),
        }),
      ),
    );
    expect(streams.map(({ status }) => status).sort()).toEqual([200, 200, ...Array.from({ length: 18 }, () => 429)]);
    const live = await askPostgres<{ id: string }>(api.postgres.url, 'select id from run where owner_id = $1 and finished_at is null', [
      ada.id,
    ]);
    expect(live).toHaveLength(2);
    for (const { id } of live) await ada.post(`/api/runs/${id}/stop`, {});
    for (const stream of streams) await stream.body?.cancel();
  });
});

describe('without accounts', () => {
  it('nothing is counted', async () => {
    const api = await TestApi.start({ ECHO_MESSAGES_PER_MINUTE: '1', ECHO_MAX_LIVE_RUNS_PER_USER: '1' });
    try {
      api.answerAll(openAiChat.text(['ok']));
      for (let times = 0; times < 3; times++) {
        const { status, headers } = await api.post('/api/chat', { prompt: 'Hi' });
        expect([status, headers['ratelimit']]).toEqual([200, undefined]);
      }
      expect((await api.get('/api/account/limits')).body).toEqual({ allowances: [] });
    } finally {
      await api.stop();
    }
  });
});
