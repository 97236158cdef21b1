import { openAiChat } from '@echo/testing';
import { startOf, TestApi } from './support/test-api';

/** An answer that is cut off in the middle. */
const CUT = openAiChat.text(['Once ', 'upon '], { then: [{ cut: true }] });

describe('an answer that ended early', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await TestApi.start();
  });
  afterAll(() => api.stop());
  beforeEach(() => api.resetProvider());

  const begin = async (prompt = 'A story') => {
    api.answer(CUT);
    const reader = await api.ask(prompt, { provider: 'scripted', model: 'one' });
    expect(reader.last).toMatchObject({ type: 'error', partial: true });
    return startOf(reader);
  };

  it('is continued by another answer that begins with its text', async () => {
    const { conversation_id, message_id } = await begin();
    api.answer(openAiChat.text(['a ', 'time.']));
    const reader = await (await api.stream(`/api/messages/${message_id}/continue`, {})).all();
    expect(reader.events.slice(0, 2).map(({ id, event }) => [id, event])).toEqual([
      ['1', expect.objectContaining({ type: 'start', conversation_id })],
      ['2', { chunk: 'Once upon ', type: 'content' }],
    ]);
    expect([reader.text, reader.last]).toEqual(['Once upon a time.', expect.objectContaining({ type: 'done', finish_reason: 'stop' })]);
    expect(api.asked[1]?.json.messages).toEqual([
      { role: 'user', content: 'A story' },
      { role: 'assistant', content: 'Once upon ' },
    ]);
    const [question, cut, whole] = await api.messages(conversation_id);
    expect([cut.content, cut.status, whole.content, whole.status]).toEqual(['Once upon ', 'failed', 'Once upon a time.', 'completed']);
    expect([cut.parent_id, whole.parent_id]).toEqual([question.id, question.id]);
  });

  it('is continued as JSON, and once under one key', async () => {
    const { message_id } = await begin();
    api.answerAll(openAiChat.text(['a time.']));
    const send = () => api.post(`/api/messages/${message_id}/continue`, { stream: false }, { 'idempotency-key': 'go-on' });
    const [one, two] = await Promise.all([send(), send()]);
    expect([one.status, one.body.response]).toEqual([200, 'Once upon a time.']);
    expect(two.body).toEqual(one.body);
    expect(api.asked).toHaveLength(2);
  });

  it('can be continued again when the continuation ends early too', async () => {
    const { message_id } = await begin();
    api.answer(openAiChat.text(['a '], { then: [{ cut: true }] }));
    const second = startOf(await (await api.stream(`/api/messages/${message_id}/continue`, {})).all());
    api.answer(openAiChat.text(['time.']));
    expect((await api.post(`/api/messages/${second.message_id}/continue`, {})).body.response).toBe('Once upon a time.');
  });

  it('is told to say so where it cannot be continued', async () => {
    const { conversation_id, message_id } = await begin();
    const [question] = await api.messages(conversation_id);
    const refusals = [await api.post(`/api/messages/${question.id}/continue`, {})];
    api.answer(openAiChat.text(['All of it.']));
    const whole = await api.post(`/api/messages/${message_id}/regenerate`, {});
    refusals.push(await api.post(`/api/messages/${whole.body.message_id}/continue`, {}));
    api.answer({ status: 400, steps: [] });
    const nothing = await api.post(`/api/messages/${message_id}/regenerate`, {});
    refusals.push(await api.post(`/api/messages/${nothing.body.message_id}/continue`, {}));
    expect(refusals.map(({ status, body }) => [status, body.code])).toEqual(Array(3).fill([422, 'cannot_continue']));
    expect(refusals.map(({ body }) => body.detail)).toEqual([
      expect.stringContaining('not an answer'),
      expect.stringContaining('complete'),
      expect.stringContaining('Nothing'),
    ]);
    expect((await api.post('/api/messages/999999/continue', {})).status).toBe(404);
  });
});
