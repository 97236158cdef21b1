import { openAiChat } from '@echo/testing';
import { startOf, TestApi } from './support/test-api';

/** A word that people and models say here and that the log must never say. */
const SECRET = 'xylophone';

type Line = Record<string, unknown>;

describe('the log as JSON', () => {
  let api: TestApi;
  const lines = (): Line[] =>
    api.app.output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
  const line = async (test: (line: Line) => boolean): Promise<Line> => {
    for (const deadline = Date.now() + 10_000; Date.now() < deadline; await new Promise((resolve) => setTimeout(resolve, 20))) {
      const found = lines().find(test);
      if (found) return found;
    }
    throw new Error(`There is no such line:\n${api.app.output}`);
  };

  beforeAll(async () => {
    api = await TestApi.start({ ECHO_LOG_FORMAT: 'json', ECHO_LOG_LEVEL: 'debug' });
  });
  afterAll(() => api.stop());

  it('ties a request to its run and both to the replica', async () => {
    api.answer(openAiChat.text(['Hello ', 'there'], { usage: { prompt_tokens: 9, completion_tokens: 2 } }));
    const reader = await api.ask('Say hello.');
    const request = await line(({ msg, path }) => msg === 'A request ended' && path === '/api/chat');
    expect(request).toMatchObject({ level: 'info', method: 'POST', status: 200, request_id: reader.response.headers.get('x-request-id') });
    const ended = await line(({ msg, run_id }) => msg === 'An answer ended' && run_id === startOf(reader).run_id);
    expect(ended).toMatchObject({
      request_id: request['request_id'],
      replica_id: request['replica_id'],
      provider: 'scripted',
      outcome: 'completed',
      input_tokens: 9,
      output_tokens: 2,
      first_content_ms: expect.any(Number),
    });
    expect(request['replica_id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('says why an answer failed, with the run’s id as a field', async () => {
    api.answer({
      status: 401,
      headers: { 'content-type': 'application/json' },
      steps: [{ write: `{"error":{"message":"no, ${SECRET}","code":"bad_key"}}` }],
    });
    const reader = await api.ask('Fail, please.');
    expect(await line(({ msg, level }) => level === 'warn' && /^Run .* failed: auth 401: bad_key$/.test(String(msg)))).toMatchObject({
      run_id: startOf(reader).run_id,
    });
    expect(await line(({ outcome }) => outcome === 'failed')).toMatchObject({ error_code: expect.any(String) });
  });

  it('never holds a word of what people or models say, whatever happens', async () => {
    const { conversation_id } = startOf(await api.ask('First')); // Nothing is laid out: it fails.
    api.answer(
      openAiChat.text([SECRET, ` and ${SECRET}`], { reasoning: [SECRET] }),
      openAiChat.text([SECRET], { then: [{ cut: true }] }),
      { headers: { 'content-type': 'text/event-stream' }, steps: [{ write: `data: {"${SECRET}\n\n` }] },
      {
        status: 400,
        headers: { 'content-type': 'application/json' },
        steps: [{ write: `{"error":{"message":"${SECRET}","code":"${SECRET}, no code"}}` }],
      },
      { status: 500, headers: { 'content-type': 'text/html' }, steps: [{ write: `<p>${SECRET}</p>` }] },
    );
    for (let turn = 0; turn < 5; turn++) await api.ask(`Tell me of a ${SECRET} ${turn}`);
    await api.get(`/api/conversations?q=${SECRET}`);
    await api.send('patch', `/api/conversations/${conversation_id}`, { title: SECRET });
    await api.post('/api/chat', `{"prompt": "${SECRET}`);
    await api.post('/api/chat', { prompt: SECRET, [SECRET]: 1 });
    await api.post('/api/chat', { prompt: `${SECRET}\u0000` });
    await api.post('/api/chat', { prompt: SECRET }, { 'idempotency-key': 'é'.repeat(3) }).catch(() => undefined);
    await line(({ path, method }) => method === 'PATCH' && String(path).startsWith('/api/conversations/'));
    expect(lines().length).toBeGreaterThan(20);
    expect(api.app.output).not.toContain(SECRET);
  });

  it('says in JSON too that it is ready, and what it does when it stops', async () => {
    expect(await line(({ msg }) => /^EchoV2 is ready on http:/.test(String(msg)))).toMatchObject({ level: 'info', context: 'Server' });
    expect(await api.app.stop()).toBe(0);
    expect(() => lines()).not.toThrow();
  });
});
