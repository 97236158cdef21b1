import { type TeamUsageReport } from '@echo/contract';
import { openAiChat } from '@echo/testing';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startOf, TestApi } from './support/test-api';

/** A dollar for a token that is read, ten for one that is said. */
const PRICES = {
  as_of: '2026-01-31',
  currency: 'USD',
  vendors: [
    {
      vendor: 'Test',
      providers: ['scripted'],
      models: [
        { model: 'one', input: 1_000_000, output: 10_000_000, context_length: 4_000 },
        { model: 'two', input: 1_000_000, output: 10_000_000, context_length: 300 },
      ],
    },
  ],
};
const LOCAL_USER = '00000000-0000-7000-8000-000000000001';
const usage = { prompt_tokens: 9, completion_tokens: 2 };

describe('what answers take and cost', () => {
  let api: TestApi;
  const folder = mkdtempSync(join(tmpdir(), 'echo-prices-'));

  beforeAll(async () => {
    const file = join(folder, 'prices.json');
    writeFileSync(file, JSON.stringify(PRICES));
    api = await TestApi.start({
      ECHO_PRICES_FILE: file,
      ECHO_FALLBACKS: JSON.stringify({ 'scripted/one': ['scripted/two', 'guide/guide'] }),
    });
  });
  afterAll(async () => {
    await api.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => api.resetProvider());

  const report = async (path = '/api/admin/usage'): Promise<TeamUsageReport> => (await api.get(path)).body as TeamUsageReport;

  it('is on the answer, on the conversation and in the reports, and outlives the conversation', async () => {
    const before = await report();
    api.answer(openAiChat.text(['Hello', ' there'], { usage }));
    const first = await api.ask('Hi', { model: 'scripted/one' });
    const cost = { amount: 29, currency: 'USD' };
    expect(first.last).toMatchObject({ type: 'done', usage: { input_tokens: 9, output_tokens: 2 }, cost });
    const { conversation_id, run_id } = startOf(first);
    api.answer(openAiChat.text(['Half an answer'], { then: [{ stall: true }] }));
    const second = await api.stream('/api/chat', { prompt: 'More', conversation_id });
    await second.until(({ text }) => text !== '');
    await api.post(`/api/runs/${startOf(second).run_id}/stop`, {});
    await second.all();
    const [, answered, , stopped] = await api.messages(conversation_id);
    expect(answered).toMatchObject({ run_id, cost, fallback: null, memory_after: null });
    expect(answered.timing.total_ms).toBeGreaterThanOrEqual(answered.timing.first_content_ms);
    // Nobody counted what was stopped: three texts were read, and one was said.
    expect(stopped).toMatchObject({ status: 'stopped', usage: { output_tokens: 4, estimated: true }, cost: { currency: 'USD' } });
    const input = 9 + (stopped.usage.input_tokens as number);
    const { body } = await api.get(`/api/conversations/${conversation_id}`);
    const spent = { amount: 29 + stopped.cost.amount, currency: 'USD' };
    expect(body.usage).toEqual({ input_tokens: input, output_tokens: 6, estimated: true, costs: [spent] });
    await api.send('delete', `/api/conversations/${conversation_id}`);
    const after = await report();
    expect(after.total).toMatchObject({
      runs: before.total.runs + 2,
      output_tokens: before.total.output_tokens + 6,
      estimated_runs: before.total.estimated_runs + 1,
      costs: [spent],
    });
    expect(after.models.find(({ provider }) => provider === 'scripted')).toMatchObject({ provider: 'scripted', model: 'one', runs: 2 });
    expect(after.days.map(({ day }) => day)).toEqual([new Date().toISOString().slice(0, 10)]);
    expect(after.users).toMatchObject([{ user_id: LOCAL_USER, name: 'Local user', email: null, runs: after.total.runs }]);
    const { users, ...own } = after;
    expect(users).toHaveLength(1);
    expect(await report('/api/usage')).toEqual(own);
    expect((await report(`/api/admin/usage?user=${LOCAL_USER}&from=${own.to}`)).total).toEqual(own.total);
    expect((await report('/api/usage?from=2026-01-01&to=2026-01-01')).total.runs).toBe(0);
  });

  it('is booked for the one that answered in the place of another, which says so on the answer', async () => {
    api.answer({ status: 401, steps: [{ write: '{"error":{"message":"No."}}' }] }, openAiChat.text(['I stand in.'], { usage }));
    const reader = await api.ask('Hi', { model: 'scripted/one' });
    expect(reader.events.map(({ event }) => event)).toMatchObject([
      { type: 'start', model: 'one' },
      { type: 'status', status: 'fallback', reason: 'provider_auth', model: 'scripted/two' },
      { type: 'content', chunk: 'I stand in.' },
      { type: 'done' },
    ]);
    const { conversation_id, run_id } = startOf(reader);
    const fallback = { asked: 'scripted/one', reason: 'provider_auth' };
    expect((await api.messages(conversation_id))[1]).toMatchObject({ provider: 'scripted', model: 'two', fallback });
    expect((await api.get(`/api/runs/${run_id}`)).body).toMatchObject({ model: 'two', fallback, cost: { amount: 29, currency: 'USD' } });
    expect((await report()).models.some(({ model }) => model === 'two')).toBe(true);
    const { body } = await api.post('/api/chat', { prompt: 'Again', model: 'scripted/one' });
    // The queue is empty: the provider fails, whoever is asked, and the Guide is the last of the chain.
    expect(body).toMatchObject({ provider: 'guide', cost: null });
  });

  it('is less where a long history does not fit: the oldest turns are left out, and the answer says which', async () => {
    api.answerAll(openAiChat.text(['An answer. '.repeat(20)], { usage }));
    const first = await api.ask('The beginning. '.repeat(60), { model: 'scripted/two' });
    const { conversation_id, message_id } = startOf(first);
    const second = await api.ask('And now?', { conversation_id });
    expect(second.events[0]?.event).toMatchObject({ type: 'start', memory_after: message_id });
    expect((await api.messages(conversation_id))[3]).toMatchObject({ memory_after: message_id });
    expect(JSON.parse(api.asked.at(-1)?.body ?? '')).toMatchObject({ messages: [{ role: 'user', content: 'And now?' }] });
    const third = await api.ask('And with more room?', { conversation_id, model: 'scripted/one' });
    expect(third.events[0]?.event).not.toHaveProperty('memory_after');
    expect(JSON.parse(api.asked.at(-1)?.body ?? '').messages).toHaveLength(5);
  });

  it.each([
    ['/api/usage?from=2026-02-30', 'from'],
    ['/api/usage?from=2026-01-02&to=2026-01-01', 'from'],
    ['/api/admin/usage?user=me', 'user'],
  ])('is not told for %s', async (path, pointer) => {
    const { status, body } = await api.get(path);
    expect([status, body.code, body.errors[0].pointer]).toEqual([422, 'invalid_value', pointer]);
  });
});
