import { problemAnswer, offline, sse } from './testing/fake-server';
import { FakeStream } from './testing/fake-stream';
import { SessionRig, settle, show } from './testing/session-rig';
import { DONE, START, storedAnswer, storedConversation, storedMessage } from './testing/stored';

const FOLLOW = 'GET /runs/run-2/events';
const WHOLE = {
  response: 'Whole',
  model: 'gpt',
  provider: 'openai',
  conversation_id: 7,
  message_id: 2,
  run_id: 'run-2',
  finish_reason: 'stop',
  usage: { input_tokens: 1, output_tokens: 1 },
};

describe('ChatSession, recovery', () => {
  let rig: SessionRig;

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] });
    jest.spyOn(Math, 'random').mockReturnValue(1);
    rig = new SessionRig();
  });

  afterEach(() => {
    rig.destroy();
    show(true);
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  function keysOf(route: string): Set<string | undefined> {
    return new Set(rig.server.to(route).map(({ headers }) => headers['idempotency-key']));
  }

  it.each([
    ['is cut', (stream: FakeStream) => stream.cut()],
    ['ends without a last event', (stream: FakeStream) => stream.end()],
    ['is not readable', (stream: FakeStream) => stream.push('id: 3\ndata: {"type":"cont\n\n')],
  ])('resumes after the last event when the stream %s, and no text comes twice', async (_name, lose) => {
    rig.server.on('GET /conversations/7/messages', offline);
    const first = await rig.begin('Hello');
    const resumed = rig.stream(FOLLOW);
    lose(first);
    await settle();
    expect(rig.session.status()).toMatchObject({ phase: 'reconnecting', waitMs: 250 });
    expect(rig.session.isStreaming()).toBe(true);
    expect(rig.texts()).toEqual(['Hi', 'Hello']);

    await jest.advanceTimersByTimeAsync(250);
    expect(rig.server.to(FOLLOW)[0]?.search.get('after')).toBe('2');
    expect(rig.session.status().phase).toBe('streaming');
    resumed.push(sse(2, { type: 'content', chunk: 'Hello' }) + sse(5, { type: 'content', chunk: ' there' }) + sse(6, DONE));
    await settle();
    expect(rig.session.messages().at(-1)).toMatchObject({ text: 'Hello there', state: 'completed' });
    expect(rig.server.to('POST /chat')).toHaveLength(1);
  });

  it('takes silence without heartbeats for a dead connection', async () => {
    const first = await rig.begin();
    rig.stream(FOLLOW);
    await jest.advanceTimersByTimeAsync(5000);
    first.push(': beat\n\n');
    await jest.advanceTimersByTimeAsync(9999);
    expect(rig.server.to(FOLLOW)).toHaveLength(0);
    await jest.advanceTimersByTimeAsync(1);
    expect(rig.session.status().phase).toBe('reconnecting');
    expect(first.cancelled).toBe(true);
    await jest.advanceTimersByTimeAsync(250);
    expect(rig.server.to(FOLLOW)).toHaveLength(1);
  });

  it('waits longer from failure to failure, up to 8 s, and never gives up', async () => {
    const first = await rig.begin();
    rig.server.on(FOLLOW, offline).on('GET /runs/run-2', offline);
    first.cut();
    await settle();
    const waits: (number | undefined)[] = [];
    for (let round = 0; round < 8; round++) {
      waits.push(rig.session.status().waitMs);
      await jest.advanceTimersByTimeAsync(rig.session.status().waitMs ?? 0);
    }
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 8000, 8000]);
    expect(rig.session.isStreaming()).toBe(true);
    expect(rig.session.error()).toBeUndefined();
  });

  it('tries at once when the network is back', async () => {
    const first = await rig.begin();
    rig.server
      .once(FOLLOW, offline)
      .once(FOLLOW, offline)
      .on('GET /runs/run-2', { json: { id: 'run-2', status: 'streaming' } });
    const resumed = rig.stream(FOLLOW);
    first.cut();
    await jest.advanceTimersByTimeAsync(750);
    await settle();
    expect(rig.server.to(FOLLOW)).toHaveLength(2);
    window.dispatchEvent(new Event('online'));
    await settle();
    expect(rig.server.to(FOLLOW)).toHaveLength(3);
    await rig.finish(resumed);
    expect(rig.session.status().phase).toBe('idle');
  });

  it('waits as long as the server asks', async () => {
    const first = await rig.begin();
    rig.server.once(FOLLOW, problemAnswer('storage_unavailable', {}, { 'retry-after': '5' }));
    rig.stream(FOLLOW);
    first.cut();
    await jest.advanceTimersByTimeAsync(250);
    expect(rig.session.status().waitMs).toBe(5000);
    await jest.advanceTimersByTimeAsync(5000);
    expect(rig.server.to(FOLLOW)).toHaveLength(2);
  });

  it.each([
    ['are gone', problemAnswer('events_expired')],
    ['have nothing more', { status: 204 }],
  ])('reads the message when the events %s', async (_name, answer) => {
    const first = await rig.begin('Hel');
    rig.server.once(FOLLOW, answer);
    first.cut();
    await jest.advanceTimersByTimeAsync(250);
    expect(rig.session.isStreaming()).toBe(true);
    await jest.advanceTimersByTimeAsync(250);
    expect(rig.session.messages().at(-1)).toMatchObject({ id: 2, text: 'Hello there', state: 'completed' });
    expect(rig.session.isStreaming()).toBe(false);
    expect(rig.session.status().phase).toBe('idle');
  });

  it('streams anew when the message says that the run is live', async () => {
    const first = await rig.begin('Hel');
    rig.stored = [storedMessage(1), storedAnswer(2, 1, { content: '', status: 'streaming' })];
    rig.server.once(FOLLOW, { status: 204 });
    const anew = rig.stream(FOLLOW);
    first.cut();
    await jest.advanceTimersByTimeAsync(500);
    expect(rig.server.to(FOLLOW).map(({ search }) => search.get('after'))).toEqual(['2', '0']);
    anew.push(sse(1, START) + sse(4, { type: 'content', chunk: 'Hello there' }));
    await jest.advanceTimersByTimeAsync(500);
    expect(rig.session.streamingMessage()?.text).toBe('Hello there');
  });

  it('comes back less and less often to a live run that cannot be streamed', async () => {
    const first = await rig.begin('Hel');
    rig.stored = [storedMessage(1), storedAnswer(2, 1, { content: '', status: 'streaming' })];
    rig.server.on(FOLLOW, { status: 204 });
    first.cut();
    await jest.advanceTimersByTimeAsync(40_000);
    const tries = rig.server.to(FOLLOW).length;
    expect(tries).toBeGreaterThan(5);
    expect(tries).toBeLessThan(12);
  });

  it('goes on reading the message when the open conversation is chosen again', async () => {
    const first = await rig.begin('Hel');
    rig.server.once(FOLLOW, problemAnswer('events_expired'));
    first.cut();
    await jest.advanceTimersByTimeAsync(300);
    await rig.session.open(7);
    await jest.advanceTimersByTimeAsync(300);
    expect(rig.session.isStreaming()).toBe(false);
    expect(rig.session.messages().at(-1)).toMatchObject({ text: 'Hello there', state: 'completed' });
  });

  it('keeps the text and says so when the conversation is gone', async () => {
    const first = await rig.begin('Hel');
    rig.server.once(FOLLOW, problemAnswer('run_not_found'));
    rig.server.on('GET /conversations/7', problemAnswer('conversation_not_found'));
    first.cut();
    await jest.advanceTimersByTimeAsync(500);
    expect(rig.session.messages().at(-1)).toMatchObject({ text: 'Hel', state: 'interrupted' });
    expect(rig.session.error()).toMatchObject({ code: 'conversation_not_found', action: 'reload' });
  });

  it('asks whether the run is live when connections bring nothing, as behind a proxy that holds streams back', async () => {
    const first = await rig.begin('Hel');
    rig.server.on(FOLLOW, () => ({ stream: new FakeStream(), headers: { 'content-type': 'text/event-stream' } }));
    rig.server.on('GET /runs/run-2', { json: { id: 'run-2', status: 'completed' } });
    first.cut();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(rig.server.to(FOLLOW)).toHaveLength(2);
    expect(rig.server.to('GET /runs/run-2')).toHaveLength(1);
    expect(rig.session.messages().at(-1)).toMatchObject({ text: 'Hello there', state: 'completed' });
  });

  it('posts again under the same key when the first POST got no answer', async () => {
    rig.server.once('POST /chat', offline);
    const stream = rig.stream();
    const sent = rig.session.sendStreamingMessage('Hi');
    await jest.advanceTimersByTimeAsync(250);
    stream.push(sse(1, START));
    await expect(sent).resolves.toBe(7);
    expect(rig.server.to('POST /chat').map(({ body }) => body?.['stream'])).toEqual([true, true]);
    expect(keysOf('POST /chat').size).toBe(1);
  });

  it('takes a proxy without its server for no answer', async () => {
    rig.server.once('POST /chat', { status: 502, text: '<html>Bad gateway</html>' });
    rig.stream().push(sse(1, START));
    const sent = rig.session.sendStreamingMessage('Hi');
    await jest.advanceTimersByTimeAsync(250);
    await expect(sent).resolves.toBe(7);
  });

  it('asks for the whole answer under the same key where streaming gets no answer', async () => {
    rig.stored = [storedMessage(1, { content: 'Hi' }), storedAnswer(2, 1, { content: 'Whole' })];
    rig.server.on('POST /chat', ({ body }) => (body?.['stream'] ? new Promise(() => undefined) : { json: WHOLE }));
    const sent = rig.session.sendStreamingMessage('Hi');
    await jest.advanceTimersByTimeAsync(10_000 + 250 + 10_000 + 10);
    await expect(sent).resolves.toBe(7);
    expect(rig.server.to('POST /chat').map(({ body }) => body?.['stream'])).toEqual([true, true, false]);
    expect(keysOf('POST /chat').size).toBe(1);
    expect(rig.session.messages().map(({ text, state }) => [text, state])).toEqual([
      ['Hi', 'completed'],
      ['Whole', 'completed'],
    ]);
  });

  it('keeps the prompt when nothing is heard at all', async () => {
    rig.server.on('POST /chat', offline);
    const sent = rig.session.sendStreamingMessage('Hi');
    const refusal = expect(sent).rejects.toMatchObject({ code: 'network_error', status: 0 });
    await jest.advanceTimersByTimeAsync(1000);
    await refusal;
    expect(rig.server.to('POST /chat')).toHaveLength(3);
    expect(rig.states()).toEqual(['unsent']);
    expect(rig.session.error()).toMatchObject({ code: 'network_error', action: 'retry' });
  });

  it('follows the run of another tab, and sends the prompt after it', async () => {
    await rig.finish(await rig.begin());
    rig.stored = [
      ...rig.stored,
      storedMessage(3, { content: 'From there', parent_id: 2 }),
      storedAnswer(4, 3, { content: '', status: 'streaming' }),
    ];
    rig.server.once('POST /chat', problemAnswer('run_in_progress', { run_id: 'run-4' }));
    const other = rig.stream('GET /runs/run-4/events');
    await expect(rig.session.sendStreamingMessage('Mine')).rejects.toMatchObject({ code: 'run_in_progress' });
    await settle();
    expect(rig.session.isStreaming()).toBe(true);
    expect(rig.texts()).toEqual(['Hi', 'Hello there', 'From there', '', 'Mine']);
    expect(rig.states().at(-1)).toBe('unsent');

    rig.stored = [...rig.stored.slice(0, 3), storedAnswer(4, 3, { content: 'To there' })];
    other.push(sse(1, { ...START, message_id: 4, run_id: 'run-4' }) + sse(2, { type: 'content', chunk: 'To there' }) + sse(3, DONE));
    await settle();
    rig.stream().push(sse(1, { ...START, message_id: 6, run_id: 'run-6' }));
    await rig.session.retry();
    expect(rig.server.to('POST /chat').at(-1)?.body).toMatchObject({ prompt: 'Mine', parent_id: 4 });
    expect(rig.texts()).toEqual(['Hi', 'Hello there', 'From there', 'To there', 'Mine', '']);
  });

  it('reads the title of a new conversation as soon as it is accepted', async () => {
    rig.server.on('GET /conversations/7', { json: storedConversation({ title: 'A title' }) });
    await rig.begin();
    expect(rig.session.conversation()?.title).toBe('A title');
  });
});

describe('ChatSession without the fallback', () => {
  it('keeps the prompt when streaming gets no answer', async () => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] });
    const rig = new SessionRig({ fallbackOnError: false });
    rig.server.on('POST /chat', offline);
    const refusal = expect(rig.session.sendStreamingMessage('Hi')).rejects.toMatchObject({ code: 'network_error' });
    await jest.advanceTimersByTimeAsync(1000);
    await refusal;
    expect(rig.server.to('POST /chat').map(({ body }) => body?.['stream'])).toEqual([true, true]);
    rig.destroy();
    jest.useRealTimers();
  });
});

describe('ChatSession without streaming', () => {
  let rig: SessionRig;

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] });
    rig = new SessionRig({ enableStreaming: false, fallbackOnError: false });
  });

  afterEach(() => {
    rig.destroy();
    jest.useRealTimers();
  });

  it('asks for the whole answer when streaming is off', async () => {
    rig.server.once('POST /chat', { json: WHOLE });
    const sent = rig.session.sendStreamingMessage('Hi');
    expect(rig.session.isLoading()).toBe(true);
    await expect(sent).resolves.toBe(7);
    expect(rig.server.to('POST /chat')[0]?.body).toEqual({ prompt: 'Hi', stream: false });
    expect(rig.session.isLoading()).toBe(false);
    expect(rig.states()).toEqual(['completed', 'completed']);
  });

  it('shows the kept text of a run that failed, and counts it as sent', async () => {
    rig.server.on('GET /conversations/7/messages', offline);
    rig.server.once(
      'POST /chat',
      problemAnswer('provider_timeout', {
        run_id: 'run-2',
        conversation_id: 7,
        message_id: 2,
        partial: 'Half',
        run_error: 'provider_timeout',
      }),
    );
    await expect(rig.session.sendMessage('Hi')).resolves.toBe(7);
    expect(rig.session.messages().at(-1)).toMatchObject({
      id: 2,
      text: 'Half',
      state: 'failed',
      error: { code: 'provider_timeout', retryable: true },
    });
    expect(rig.session.error()).toMatchObject({ code: 'provider_timeout', action: 'regenerate' });
  });

  it('finds the run of a whole answer when it is to be stopped', async () => {
    rig.server.once('POST /chat', () => new Promise(() => undefined));
    void rig.session.sendMessage('Hi').catch(() => undefined);
    await settle();
    rig.stream().push(sse(1, START));
    await rig.session.stop();
    const [whole, peek] = rig.server.to('POST /chat');
    expect(peek?.headers['idempotency-key']).toBe(whole?.headers['idempotency-key']);
    expect(peek?.body).toEqual({ ...whole?.body, stream: true });
    expect(rig.server.to('POST /runs/run-2/stop')).toHaveLength(1);
  });
});
