import { LIMITS } from '@echo/contract';
import { offline, problemAnswer, sse } from './testing/fake-server';
import { FakeStream } from './testing/fake-stream';
import { frames, SessionRig, settle } from './testing/session-rig';
import { DONE, START } from './testing/stored';

describe('ChatSession, sending', () => {
  let rig: SessionRig;

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] });
    rig = new SessionRig();
  });

  afterEach(() => {
    rig.destroy();
    jest.useRealTimers();
  });

  it('shows the prompt at once as pending, and loads until the first event', async () => {
    const stream = rig.stream();
    const sent = rig.session.sendStreamingMessage('Hi', 'gpt', 'openai');
    expect(rig.session.messages().map(({ role, text, state }) => [role, text, state])).toEqual([
      ['user', 'Hi', 'pending'],
      ['assistant', '', 'pending'],
    ]);
    expect(rig.session.isLoading()).toBe(true);
    expect(rig.session.isStreaming()).toBe(false);
    expect(rig.session.status().phase).toBe('connecting');

    stream.push(sse(1, START));
    await expect(sent).resolves.toBe(7);
    expect(rig.session.isLoading()).toBe(false);
    expect(rig.session.isStreaming()).toBe(true);
    expect(rig.session.conversationId()).toBe(7);
    expect(rig.session.status()).toMatchObject({ phase: 'waiting', model: 'openai/gpt' });
    expect(rig.states()).toEqual(['completed', 'connecting']);
  });

  it('posts what was typed, to stream, under a key of its own and with the header that forms cannot send', async () => {
    const typed = '  line one\n\n\tline <two> 👩‍👧  ';
    rig.stream().push(sse(1, START));
    await rig.session.sendStreamingMessage(typed, 'gpt', 'openai');
    const [request] = rig.server.to('POST /chat');
    expect(request?.body).toEqual({ prompt: typed, model: 'gpt', provider: 'openai', stream: true });
    expect(request?.headers).toMatchObject({ accept: 'text/event-stream', 'content-type': 'application/json', 'x-requested-with': 'echo' });
    expect(request?.headers['idempotency-key']).toMatch(/^[0-9a-f]{32}$/);
  });

  it('shows text that comes cut at every byte, whole and in order', async () => {
    rig.server.on('GET /conversations/7/messages', offline);
    const stream = rig.stream('POST /chat', new FakeStream(1));
    const sent = rig.session.sendStreamingMessage('Hi');
    stream.push(
      `\n: open\n\n${sse(1, START)}${sse(2, { type: 'reasoning', chunk: 'Hm 🤔' })}${sse(3, { type: 'content', chunk: 'Grüße 👋' })}`,
    );
    stream.push(`: beat\r\n\r\n${sse(4, { type: 'content', chunk: ' 你好\n' })}${sse(5, DONE)}`);
    await sent;
    await settle();
    expect(rig.session.messages().at(-1)).toMatchObject({ text: 'Grüße 👋 你好\n', reasoning: 'Hm 🤔' });
  });

  it('ends with the state, the usage and the times of the answer, and is idle', async () => {
    const stream = await rig.begin();
    rig.server.on('GET /conversations/7/messages', () => new Promise(() => undefined));
    await rig.finish(stream);
    const answer = rig.session.messages().at(-1);
    expect(answer).toMatchObject({
      id: 2,
      runId: 'run-2',
      state: 'completed',
      finishReason: 'stop',
      usage: { input_tokens: 1, output_tokens: 2 },
    });
    expect(answer?.finishedAt).toBeGreaterThan(answer?.firstContentAt ?? Infinity);
    expect(answer?.firstContentAt).toBeGreaterThanOrEqual(answer?.startedAt ?? Infinity);
    expect(rig.session.streamingMessage()).toBeUndefined();
    expect(rig.session.isStreaming()).toBe(false);
    expect(rig.session.status().phase).toBe('idle');
    expect(stream.cancelled).toBe(true);
  });

  it('learns the number of the prompt after the end, and no key changes', async () => {
    const stream = await rig.begin();
    const keys = rig.session.messages().map(({ key }) => key);
    expect(rig.session.messages().map(({ id }) => id)).toEqual([undefined, 2]);
    await rig.finish(stream);
    expect(rig.session.messages().map(({ id }) => id)).toEqual([1, 2]);
    expect(rig.session.messages().map(({ key }) => key)).toEqual(keys);
    expect(rig.session.messages().at(-1)?.finishedAt).toBeDefined();
    expect(rig.session.conversation()?.title).toBe('Hello');
  });

  it('keeps the answer in messages and in streamingMessage under one key', async () => {
    await rig.begin();
    expect(rig.session.streamingMessage()).toMatchObject({ text: 'Hello', state: 'streaming', parentId: null });
    expect(rig.session.messages().at(-1)).toBe(rig.session.streamingMessage());
  });

  it('spreads a burst over frames and shows all of it at the end', async () => {
    const burst = 'x'.repeat(4000);
    const stream = await rig.begin('');
    stream.push(sse(3, { type: 'content', chunk: burst }));
    await frames(1);
    const first = rig.session.streamingMessage()?.text.length ?? 0;
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(1000);
    await frames(10);
    expect(rig.session.streamingMessage()?.text.length).toBeGreaterThan(2500);
    await rig.finish(stream);
    expect(rig.session.messages().at(-1)?.state).toBe('completed');
  });

  it('follows the shown branch with the next prompt', async () => {
    await rig.finish(await rig.begin());
    rig.stream().push(sse(1, { ...START, message_id: 4, run_id: 'run-4' }));
    await rig.session.sendStreamingMessage('And?');
    expect(rig.server.to('POST /chat').at(-1)?.body).toMatchObject({ conversation_id: 7, parent_id: 2 });
    expect(rig.texts()).toEqual(['Hi', 'Hello there', 'And?', '']);
  });

  it('refuses before sending what the server would refuse', async () => {
    for (const [prompt, code] of [
      ['  \n', 'empty'],
      ['a\u0000b', 'nul_character'],
      ['a\ud800b', 'lone_surrogate'],
      ['x'.repeat(LIMITS.promptChars + 1), 'too_long'],
    ] as const) {
      await expect(rig.session.sendStreamingMessage(prompt)).rejects.toMatchObject({ code, status: 0 });
      expect(rig.session.error()).toMatchObject({ code, action: 'none' });
    }
    expect(rig.server.requests).toEqual([]);
    expect(rig.session.messages()).toEqual([]);
  });

  it('takes the operator’s limit, exactly', async () => {
    rig.session.limitPrompt(3);
    await expect(rig.session.sendStreamingMessage('abcd')).rejects.toMatchObject({ code: 'too_long' });
    rig.stream().push(sse(1, START));
    await expect(rig.session.sendStreamingMessage('ab👋')).resolves.toBe(7);
  });

  it('sends one prompt at a time', async () => {
    await rig.begin();
    await expect(rig.session.sendStreamingMessage('Again')).rejects.toMatchObject({ code: 'run_in_progress', status: 0 });
    expect(rig.server.to('POST /chat')).toHaveLength(1);
    expect(rig.texts()).toEqual(['Hi', 'Hello']);
  });

  it('keeps a refused prompt as unsent and sends it again under the same key', async () => {
    rig.server.once('POST /chat', problemAnswer('storage_unavailable', {}, { 'retry-after': '3' }));
    await expect(rig.session.sendStreamingMessage('Hi')).rejects.toMatchObject({ status: 503, code: 'storage_unavailable' });
    const [unsent] = rig.session.messages();
    expect(rig.states()).toEqual(['unsent']);
    expect(rig.session.error()).toMatchObject({
      code: 'storage_unavailable',
      retryable: true,
      action: 'retry',
      retryAfterMs: 3000,
      requestId: 'request-1',
    });
    expect(rig.session.isLoading()).toBe(false);
    expect(rig.session.status().phase).toBe('idle');
    expect(rig.server.to('POST /chat')).toHaveLength(1);

    rig.stream().push(sse(1, START));
    await expect(rig.session.retry()).resolves.toBe(7);
    expect(rig.session.error()).toBeUndefined();
    expect(rig.states()).toEqual(['completed', 'connecting']);
    expect(rig.session.messages()[0]?.key).toBe(unsent?.key);
    const [first, second] = rig.server.to('POST /chat');
    expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key']);
    expect(second?.body).toEqual(first?.body);
  });

  it('does not offer to repeat what stays wrong', async () => {
    rig.server.once('POST /chat', problemAnswer('unknown_model'));
    await expect(rig.session.sendStreamingMessage('Hi')).rejects.toMatchObject({ code: 'unknown_model' });
    expect(rig.session.error()).toMatchObject({ retryable: false, action: 'none' });
  });

  it('takes an unsent message away when asked', async () => {
    rig.server.once('POST /chat', problemAnswer('overloaded'));
    await expect(rig.session.sendStreamingMessage('Hi')).rejects.toMatchObject({ status: 503 });
    rig.session.dismissUnsent();
    expect(rig.session.messages()).toEqual([]);
    expect(rig.session.error()).toBeUndefined();
    await expect(rig.session.retry()).rejects.toMatchObject({ message: 'There is nothing to send again.' });
  });

  it('says why an answer failed, and keeps its text', async () => {
    const stream = await rig.begin('Half an');
    rig.server.on('GET /conversations/7/messages', offline);
    stream.push(sse(3, { type: 'error', message: 'The model is busy.', code: 'provider_overloaded', retryable: true, partial: true }));
    await settle();
    expect(rig.session.messages().at(-1)).toMatchObject({ state: 'failed', text: 'Half an', error: { code: 'provider_overloaded' } });
    expect(rig.session.error()).toEqual({
      message: 'The model is busy.',
      code: 'provider_overloaded',
      retryable: true,
      action: 'regenerate',
    });
    rig.session.clearError();
    expect(rig.session.error()).toBeUndefined();
  });

  it('passes on what the run is doing while no text comes', async () => {
    const stream = rig.stream();
    void rig.session.sendStreamingMessage('Hi');
    stream.push(sse(1, START) + sse(2, { type: 'status', status: 'queued' }));
    await settle();
    expect(rig.session.status().phase).toBe('queued');
    expect(rig.session.streamingMessage()?.state).toBe('queued');
    stream.push(sse(3, { type: 'status', status: 'retrying', reason: 'provider_overloaded', wait_ms: 800, model: 'openai/gpt' }));
    await settle();
    expect(rig.session.status()).toMatchObject({ phase: 'retrying', detail: 'The model is busy.', waitMs: 800, model: 'openai/gpt' });
  });

  it('says so when no content comes for the streaming timeout, and goes on when it does', async () => {
    const stream = rig.stream();
    void rig.session.sendStreamingMessage('Hi');
    stream.push(sse(1, START));
    for (let beat = 1; beat < 12; beat++) {
      await jest.advanceTimersByTimeAsync(5000);
      stream.push(': beat\n\n');
    }
    await settle();
    expect(rig.session.status().phase).toBe('waiting');
    await jest.advanceTimersByTimeAsync(5000);
    expect(rig.session.status().phase).toBe('stalled');
    expect(rig.session.isStreaming()).toBe(true);
    stream.push(sse(2, { type: 'content', chunk: 'late' }));
    await settle();
    expect(rig.session.status().phase).toBe('streaming');
  });

  it('empties the view only: the next prompt follows what is stored', async () => {
    await rig.finish(await rig.begin());
    rig.session.clearMessages();
    expect(rig.session.messages()).toEqual([]);
    expect(rig.session.conversationId()).toBe(7);
    rig.stream().push(sse(1, { ...START, message_id: 4, run_id: 'run-4' }));
    await rig.session.sendStreamingMessage('And?');
    expect(rig.server.to('POST /chat').at(-1)?.body).toMatchObject({ conversation_id: 7, parent_id: 2 });
    expect(rig.texts()).toEqual(['And?', '']);
  });
});
