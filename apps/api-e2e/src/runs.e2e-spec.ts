import { type Run } from '@echo/contract';
import { openAiChat } from '@echo/testing';
import { startOf, TestApi } from './support/test-api';

/** An answer that says something, waits for the test, and ends. */
const HELD = openAiChat.text(['Once ', 'upon '], {
  pace: 30,
  then: [
    { hold: true },
    { write: openAiChat.event({ choices: [{ index: 0, delta: { content: 'a time.' }, finish_reason: 'stop' }] }) },
    { write: openAiChat.done },
  ],
});

/** Starts the application around each test, or around all of them. */
function useApi(before: typeof beforeAll, after: typeof afterAll): Rig {
  const rig = new Rig();
  before(async () => {
    rig.api = await TestApi.start({ ECHO_DRAIN_SECONDS: '2' });
  });
  after(() => rig.api.stop());
  return rig;
}

class Rig {
  api!: TestApi;

  /** An answer that has said something and waits. */
  async begin(more: object = {}) {
    this.api.resetProvider();
    this.api.answer(HELD);
    const reader = await this.api.stream('/api/chat', { prompt: 'Tell me', provider: 'scripted', ...more });
    await reader.until(({ text }) => text === 'Once upon ');
    return { reader, request: await this.api.prompt(0), ...startOf(reader) };
  }

  /** The run, once it has ended. */
  async ended(runId: string): Promise<Run> {
    await (await this.api.follow(runId)).all();
    return (await this.api.get(`/api/runs/${runId}`)).body;
  }
}

describe('a run', () => {
  const rig = useApi(beforeAll, afterAll);

  it('is stored before its first byte leaves, and readable while it lives', async () => {
    const { run_id, conversation_id, request } = await rig.begin();
    expect((await rig.api.get(`/api/runs/${run_id}`)).body).toMatchObject({
      status: 'streaming',
      conversation_id,
      last_seq: null,
      finished_at: null,
    });
    expect((await rig.api.get(`/api/conversations/${conversation_id}`)).body.live_run_id).toBe(run_id);
    request.release();
    expect(await rig.ended(run_id)).toMatchObject({ status: 'completed', finish_reason: 'stop', error: null });
    expect((await rig.api.get(`/api/conversations/${conversation_id}`)).body.live_run_id).toBeNull();
  });

  it('goes on when its viewer leaves, and its answer is kept', async () => {
    const { reader, request, run_id, conversation_id } = await rig.begin();
    reader.leave();
    await reader.ended;
    expect((await rig.api.get(`/api/runs/${run_id}`)).body.status).toBe('streaming');
    expect(request.leftEarly).toBe(false);
    request.release();
    await rig.ended(run_id);
    expect((await rig.api.messages(conversation_id))[1]).toMatchObject({ content: 'Once upon a time.', status: 'completed' });
  });

  it('is stopped within a second at the provider, and keeps what was seen', async () => {
    const { reader, request, run_id, conversation_id } = await rig.begin();
    const asked = performance.now();
    const answer = await rig.api.send('post', `/api/runs/${run_id}/stop`);
    expect([answer.status, answer.body.status]).toEqual([200, 'stopped']);
    expect((await request.closed) - asked).toBeLessThan(1_000);
    expect(request.leftEarly).toBe(true);
    await reader.all();
    expect(reader.last).toMatchObject({ type: 'done', finish_reason: 'stopped', usage: { estimated: true } });
    expect((await rig.api.messages(conversation_id))[1]).toMatchObject({
      content: 'Once upon ',
      status: 'stopped',
      finish_reason: 'stopped',
    });
    expect((await rig.api.send('post', `/api/runs/${run_id}/stop`)).body.status).toBe('stopped');
  });

  it('is not hit by a stop that comes too late for the one before', async () => {
    const first = await rig.begin();
    first.request.release();
    await first.reader.all();
    const second = await rig.begin({ conversation_id: first.conversation_id });
    expect((await rig.api.send('post', `/api/runs/${first.run_id}/stop`)).body.status).toBe('completed');
    expect((await rig.api.get(`/api/runs/${second.run_id}`)).body.status).toBe('streaming');
    second.request.release();
  });

  it('is the only one of its conversation', async () => {
    const { run_id, conversation_id, request } = await rig.begin();
    const refused = await rig.api.post('/api/chat', { prompt: 'And?', conversation_id });
    expect([refused.status, refused.body.code, refused.body.run_id]).toEqual([409, 'run_in_progress', run_id]);
    expect(await rig.api.messages(conversation_id)).toHaveLength(2);
    request.release();
  });

  it('makes room at once for the next prompt when it is stopped', async () => {
    const { run_id, conversation_id } = await rig.begin();
    rig.api.answer(openAiChat.text(['Next.']));
    const [, next] = await Promise.all([
      rig.api.send('post', `/api/runs/${run_id}/stop`),
      rig.api.post('/api/chat', { prompt: 'And?', conversation_id }),
    ]);
    if (next.status === 409) expect(next.body.run_id).toBe(run_id);
    else expect(next.body.response).toBe('Next.');
    expect((await rig.api.post('/api/chat', { prompt: 'Again', conversation_id, model: 'guide/guide' })).status).toBe(200);
  });

  it('shows a second viewer the same text from its start', async () => {
    const { reader, request, run_id } = await rig.begin();
    const second = await rig.api.follow(run_id);
    await second.until(({ text }) => text === 'Once upon ');
    request.release();
    await Promise.all([reader.all(), second.all()]);
    expect(second.text).toBe('Once upon a time.');
    expect(second.last).toEqual(reader.last);
  });

  it('is resumed after the event that was seen last, text exactly once', async () => {
    const { reader, request, run_id } = await rig.begin();
    reader.leave();
    const seen = reader.events.at(-1)?.id ?? '';
    const resumed = await rig.api.follow(run_id, undefined, { 'last-event-id': seen });
    request.release();
    await resumed.all();
    expect(reader.text + resumed.text).toBe('Once upon a time.');
    expect(Number(resumed.events[0]?.id)).toBe(Number(seen) + 1);
  });

  it('has nothing more to say after its end, and knows a forged cursor', async () => {
    const { reader, request, run_id } = await rig.begin();
    request.release();
    await reader.all();
    expect((await rig.api.follow(run_id, reader.events.length)).response.status).toBe(204);
    expect((await rig.api.follow(run_id, 2_147_483_647)).response.status).toBe(204);
    for (const after of ['-1', 'x', '1.5', '99999999999', '']) {
      const { response } = await rig.api.follow(run_id, after);
      expect(response.status).toBe(400);
    }
    const replay = await (await rig.api.follow(run_id, 0)).all();
    expect(replay.text).toBe('Once upon a time.');
    expect(replay.events.map(({ event }) => event.type)).toEqual(['start', 'content', 'done']);
  });

  it('answers one key once, streamed or not, live or over', async () => {
    rig.api.resetProvider();
    rig.api.answer(HELD);
    const key = { 'idempotency-key': 'one-key' };
    const body = { prompt: 'Once', provider: 'scripted' };
    const readers = await Promise.all(Array.from({ length: 10 }, () => rig.api.stream('/api/chat', body, key)));
    const json = rig.api.post('/api/chat', body, key);
    await Promise.all(readers.map((reader) => reader.until(({ text }) => text === 'Once upon ')));
    (await rig.api.prompt(0)).release();
    await Promise.all(readers.map((reader) => reader.all()));
    expect(new Set(readers.map((reader) => startOf(reader).run_id)).size).toBe(1);
    for (const reader of readers) expect(reader.text).toBe('Once upon a time.');
    expect((await json).body.response).toBe('Once upon a time.');
    expect((await rig.api.post('/api/chat', body, key)).body.run_id).toBe(startOf(readers[0] as (typeof readers)[0]).run_id);
    expect(rig.api.asked).toHaveLength(1);
    const other = await rig.api.post('/api/chat', { ...body, prompt: 'Twice' }, key);
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_mismatch']);
  });

  it('ends with its conversation, and leaves none of its text', async () => {
    const { request, run_id, conversation_id } = await rig.begin();
    expect((await rig.api.send('delete', `/api/conversations/${conversation_id}`)).status).toBe(204);
    await request.closed;
    expect((await rig.api.get(`/api/runs/${run_id}`)).status).toBe(404);
    expect((await rig.api.follow(run_id)).response.status).toBe(404);
  });
});

describe('a run and its process', () => {
  const rig = useApi(beforeEach, afterEach);

  it('dies with the process and is closed at the next start, with the text that was seen', async () => {
    const { reader, run_id, conversation_id } = await rig.begin();
    await rig.api.app.stop('SIGKILL');
    expect(await reader.ended).toBe('cut');
    await rig.api.restart();
    const run = await rig.ended(run_id);
    expect(run).toMatchObject({ status: 'interrupted', error: { code: 'interrupted', retryable: true } });
    const [question, answer] = await rig.api.messages(conversation_id);
    expect(question.content).toBe('Tell me');
    expect(answer).toMatchObject({ content: 'Once upon ', status: 'interrupted' });
    rig.api.answer(openAiChat.text(['Again.']));
    expect((await rig.api.post(`/api/messages/${answer.id}/regenerate`, {})).body.response).toBe('Again.');
  });

  it('gets time to finish when the process is asked to end', async () => {
    const { reader, request } = await rig.begin();
    const ending = rig.api.app.stop('SIGTERM');
    while ((await rig.api.get('/api/health/ready')).status === 200);
    await expect(rig.api.post('/api/chat', { prompt: 'Too late' })).resolves.toMatchObject({
      status: 503,
      body: { code: 'shutting_down' },
    });
    expect((await rig.api.get('/api/health/live')).status).toBe(200);
    request.release();
    await reader.all();
    expect(reader.last).toMatchObject({ type: 'done', finish_reason: 'stop' });
    expect(await ending).toBe(0);
  });

  it('is interrupted when it does not finish in time, and says so', async () => {
    const { reader, run_id } = await rig.begin();
    expect(await rig.api.app.stop('SIGTERM')).toBe(0);
    await reader.all();
    expect(reader.last).toMatchObject({ type: 'error', code: 'interrupted', retryable: true, partial: true });
    await rig.api.restart();
    expect((await rig.api.get(`/api/runs/${run_id}`)).body.status).toBe('interrupted');
  });
});

describe('limits of a process', () => {
  it('let runs wait for a place, say so, and refuse when the line is full', async () => {
    const api = await TestApi.start({ ECHO_MAX_LIVE_RUNS: '1', ECHO_QUEUE: '1' });
    api.answer(HELD, openAiChat.text(['Second.']));
    const first = await api.stream('/api/chat', { prompt: 'One' });
    await first.until(({ text }) => text !== '');
    const second = await api.stream('/api/chat', { prompt: 'Two' });
    await second.until(({ events }) => events.length === 2);
    expect(second.last).toEqual({ type: 'status', status: 'queued' });
    const third = await api.post('/api/chat', { prompt: 'Three' });
    expect([third.status, third.body.code, third.headers['retry-after']]).toEqual([503, 'overloaded', '5']);
    (await api.prompt(0)).release();
    await second.all();
    expect(second.text).toBe('Second.');
    await api.stop();
  });

  it('fail a provider that is silent for too long, before and after its first word', async () => {
    const api = await TestApi.start({ ECHO_FIRST_CONTENT_TIMEOUT: '1', ECHO_IDLE_TIMEOUT: '1' });
    api.answer(openAiChat.text([], { then: [{ stall: true }] }), openAiChat.text(['Some'], { then: [{ stall: true }] }));
    const before = await api.post('/api/chat', { prompt: 'One' });
    expect([before.status, before.body.code, before.body.partial]).toEqual([504, 'provider_timeout', '']);
    const after = await api.post('/api/chat', { prompt: 'Two' });
    expect([after.status, after.body.code, after.body.partial]).toEqual([504, 'provider_timeout', 'Some']);
    await Promise.all(api.asked.map(({ closed }) => closed));
    await api.stop();
  });
});
