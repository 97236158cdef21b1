import { LLMock } from '@copilotkit/aimock';
import { PROVIDER_WIRES, type RunErrorCode } from '@echo/contract';
import { startOf, TestApi } from './support/test-api';

const ANSWER = 'An answer in **Markdown**, with “quotes”, 日本語 and 👩🏽‍🚀, from a server that nobody here wrote.';
const REASONING = 'First I think, then I speak.';

/** Each protocol as an upstream of its own; all of them are one server. */
describe('a server of all protocols that nobody here wrote', () => {
  let upstream: LLMock;
  let api: TestApi;

  beforeAll(async () => {
    upstream = await LLMock.create({ port: 0, host: '127.0.0.1', chunkSize: 7, logLevel: 'silent' });
    upstream.onMessage(/think/i, { content: ANSWER, reasoning: REASONING }).onMessage(/./, { content: ANSWER });
    const origin = upstream.url.replace(/\/v1\/?$/, '');
    const providers = PROVIDER_WIRES.map((wire) => {
      return { id: wire, wire, base_url: wire.startsWith('openai') ? `${origin}/v1` : origin, api_key_env: 'TEST_KEY', models: ['gpt-4o'] };
    });
    api = await TestApi.start({ ECHO_PROVIDERS: JSON.stringify(providers), TEST_KEY: 'sk-test' });
  });
  afterEach(() => upstream.clearChaos());
  afterAll(async () => {
    await api.stop();
    await upstream.stop();
  });

  describe.each(PROVIDER_WIRES)('over %s', (provider) => {
    it('streams an answer to its end', async () => {
      const reader = await api.ask('Hello', { provider });
      expect([reader.text, reader.last?.type]).toEqual([ANSWER, 'done']);
      expect(reader.last).toMatchObject({ finish_reason: 'stop' });
      expect((await api.messages(startOf(reader).conversation_id))[1]).toMatchObject({ content: ANSWER, status: 'completed', provider });
    });

    it('answers as JSON, and knows what was said before', async () => {
      const first = await api.post('/api/chat', { prompt: 'Hello', provider });
      expect(first.body).toMatchObject({ response: ANSWER, finish_reason: 'stop', provider });
      upstream.clearRequests();
      await api.post('/api/chat', { prompt: 'And then?', conversation_id: first.body.conversation_id });
      const asked = JSON.stringify(upstream.getLastRequest()?.body);
      expect([asked.includes('Hello'), asked.includes(JSON.stringify(ANSWER).slice(1, -1)), asked.includes('And then?')]).toEqual([
        true,
        true,
        true,
      ]);
    });

    it('shows what the model thinks', async () => {
      const reader = await api.ask('Think about it', { provider });
      const thought = reader.events.map(({ event }) => (event.type === 'reasoning' ? event.chunk : '')).join('');
      // It drops reasoning on Ollama's protocol.
      expect([thought, reader.text]).toEqual([provider === 'ollama' ? '' : REASONING, ANSWER]);
    });
  });

  it.each<[string, Parameters<LLMock['setChaos']>[0], readonly RunErrorCode[]]>([
    ['fails', { dropRate: 1 }, ['provider_server_error']],
    // On Ollama's protocol a line without an end is taken for one that was cut off.
    ['answers what is no JSON', { malformedRate: 1 }, ['provider_protocol', 'provider_stream_truncated']],
    ['says that it is asked too often', { rateLimitRate: 1 }, ['provider_rate_limited']],
    ['hangs up', { disconnectRate: 1 }, ['provider_stream_truncated', 'provider_unreachable']],
  ])(
    'ends every answer with a reason when it %s',
    async (_, chaos, codes) => {
      upstream.setChaos(chaos);
      const readers = await Promise.all(PROVIDER_WIRES.map((provider) => api.ask('Hello', { provider })));
      for (const [index, reader] of readers.entries()) {
        const { last } = reader;
        expect([PROVIDER_WIRES[index], last?.type]).toEqual([PROVIDER_WIRES[index], 'error']);
        expect(codes).toContain(last?.type === 'error' ? last.code : undefined);
        expect(ANSWER.startsWith(reader.text)).toBe(true);
      }
    },
    30_000,
  );

  it('is waited for while it is slow, and asked again when it is well again', async () => {
    upstream.setChaos({ latencyMs: 400 });
    const readers = await Promise.all(PROVIDER_WIRES.map((provider) => api.ask('Hello', { provider })));
    expect(readers.map(({ text }) => text)).toEqual(PROVIDER_WIRES.map(() => ANSWER));
    upstream.clearChaos().setChaos({ dropRate: 1 });
    const asking = await api.stream('/api/chat', { prompt: 'Hello', provider: 'anthropic' });
    await asking.until(({ events }) => events.some(({ event }) => event.type === 'status' && event.status === 'retrying'));
    upstream.clearChaos();
    await asking.all();
    expect([asking.text, asking.last?.type]).toEqual([ANSWER, 'done']);
  }, 20_000);

  it('is left alone for a while after five failures in a row, which health and metrics tell', async () => {
    upstream.setChaos({ dropRate: 1 });
    await Promise.all(Array.from({ length: 3 }, () => api.ask('Hello', { provider: 'gemini' })));
    await Promise.all(Array.from({ length: 2 }, () => api.ask('Hello', { provider: 'gemini' })));
    upstream.clearChaos();
    expect((await api.ask('Hello', { provider: 'gemini' })).last).toMatchObject({ type: 'error', code: 'provider_overloaded' });
    const { status, body } = await api.get('/api/health/ready');
    expect([status, body.status, body.warnings]).toEqual([200, 'ok', [expect.stringMatching(/^Of 5 providers 1 failed/)]]);
    const { providers } = (await api.get('/api/chat/providers')).body;
    expect(providers.find(({ id }: { id: string }) => id === 'gemini')).toMatchObject({ healthy: false });
    const { text } = await api.get('/api/metrics');
    expect(text).toMatch(/^echo_provider_paused\{provider="gemini"\} 1$/m);
    expect(text).toMatch(/^echo_provider_paused\{provider="ollama"\} 0$/m);
  }, 20_000);
});
