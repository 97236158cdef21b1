import { collectAnswer, openAiChat, ScriptedProvider, type ScriptedAnswer } from '@echo/testing';
import { type ProviderSettings } from '../provider-settings';
import { HttpTransport } from '../transport/http-transport';
import { type WirePart } from '../wire-model';
import { openAiChatModel } from './openai-chat-model';

const never = new AbortController().signal;
const KEY = 'sk-test-0123456789abcdef';

describe('an OpenAI-like model', () => {
  let provider: ScriptedProvider;
  let transport: HttpTransport;

  beforeAll(async () => {
    provider = await ScriptedProvider.start();
    transport = new HttpTransport();
  });
  afterEach(() => provider.reset());
  afterAll(async () => {
    await transport.close();
    await provider.stop();
  });

  function model(settings: Partial<ProviderSettings> = {}) {
    return openAiChatModel(
      { id: 'test', name: 'Test AI', wire: 'openai-chat', baseUrl: provider.baseUrl, apiKey: KEY, ...settings },
      'gpt-test',
      transport,
    );
  }

  async function ask(answer: ScriptedAnswer, request = {}) {
    provider.enqueue(answer);
    const outcome = await collectAnswer<WirePart>(model().stream({ messages: [{ role: 'user', content: 'Hi' }], ...request }, never));
    return { ...outcome, error: outcome.error as { kind: string; status?: number; message: string; logDetail?: string } | undefined };
  }

  it('asks with the standard body, the key and what the operator added', async () => {
    provider.enqueue(openAiChat.text(['ok']));
    const asked = model({ baseUrl: `${provider.baseUrl}/`, headers: { 'X-Team': 'blue' }, query: { 'api-version': '1' } });
    const messages = [
      { role: 'system' as const, content: 'Be brief.' },
      { role: 'user' as const, content: 'a\n\nb <b>\u00e9' },
    ];
    await collectAnswer(asked.stream({ messages, temperature: 0.5, maxOutputTokens: 7, stop: ['END'] }, never));
    const [request] = provider.requests;
    expect(request).toMatchObject({ method: 'POST', path: '/v1/chat/completions' });
    expect(request?.query.get('api-version')).toBe('1');
    expect(request?.headers).toMatchObject({ authorization: `Bearer ${KEY}`, 'x-team': 'blue', 'content-type': 'application/json' });
    expect(request?.json).toEqual({
      model: 'gpt-test',
      messages,
      stream: true,
      stream_options: { include_usage: true },
      temperature: 0.5,
      max_tokens: 7,
      stop: ['END'],
    });
  });

  it('yields text, reasoning, usage and the finish reason', async () => {
    const usage = { prompt_tokens: 9, completion_tokens: 2 };
    const { text, reasoning, finish, parts } = await ask(
      openAiChat.text(['Hel', 'lo'], { reasoning: ['hm', 'm'], usage, finish: 'length' }),
    );
    expect([text, reasoning]).toEqual(['Hello', 'hmm']);
    expect(finish).toEqual({ type: 'finish', reason: 'length', usage: { input_tokens: 9, output_tokens: 2 }, model: 'scripted' });
    expect(parts.filter(({ type }) => type === 'finish')).toHaveLength(1);
  });

  const chunk = (delta: unknown, more = {}) => openAiChat.event({ choices: [{ index: 0, delta, ...more }] });
  const done = openAiChat.done;
  it.each([
    ['[DONE] without a finish reason', chunk({ content: 'a' }) + done, 'a', 'stop'],
    ['a finish reason without [DONE]', chunk({ content: 'a' }, { finish_reason: 'stop' }), 'a', 'stop'],
    ['CRLF, and CR alone', (chunk({ content: 'a' }) + done).replaceAll('\n', '\r\n') + '', 'a', 'stop'],
    ['CR as the line end', (chunk({ content: 'a' }) + done).replaceAll('\n', '\r'), 'a', 'stop'],
    ['comments and unknown fields', ': ping\n\n' + chunk({ content: 'a' }) + 'foo: bar\nid: 1\u0000\nretry: x\n\n' + done, 'a', 'stop'],
    ['data without a space', (chunk({ content: 'a' }) + done).replaceAll('data: ', 'data:'), 'a', 'stop'],
    ['a JSON object over many data lines', 'data: {"choices":[{"delta":\ndata: {"content":"a"}}]}\n\n' + done, 'a', 'stop'],
    ['content that is null at first', chunk({ role: 'assistant', content: null }) + chunk({ content: 'a' }) + done, 'a', 'stop'],
    ['a delta that is null', chunk(null) + chunk({ content: 'a' }) + done, 'a', 'stop'],
    ['chunks without choices', openAiChat.event({ prompt_filter_results: [] }) + chunk({ content: 'a' }) + done, 'a', 'stop'],
    [
      'other choices',
      openAiChat.event({ choices: [{ index: 1, delta: { content: 'no' } }] }) + chunk({ content: 'a' }) + done,
      'a',
      'stop',
    ],
    ['a refusal', chunk({ refusal: 'I cannot.' }) + done, 'I cannot.', 'stop'],
    [
      'tool calls',
      chunk({ tool_calls: [{ index: 0, function: { arguments: '{' } }] }) + chunk({}, { finish_reason: 'tool_calls' }),
      '',
      'stop',
    ],
    ['a finish reason of its own', chunk({ content: 'a' }, { finish_reason: '<b>'.repeat(1000) }) + done, 'a', 'stop'],
    [
      'events with names of ours',
      'event: done\n' + chunk({ content: 'a' }) + 'event: accepted\n' + chunk({ content: 'b' }) + done,
      'ab',
      'stop',
    ],
    [
      'a list of parts (Mistral)',
      chunk({
        content: [
          { type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] },
          { type: 'text', text: 'a' },
        ],
      }) + done,
      'a',
      'stop',
    ],
    ['text after [DONE]', chunk({ content: 'a' }) + done + chunk({ content: 'b' }), 'a', 'stop'],
  ])('takes %s', async (_, body, text, reason) => {
    const outcome = await ask(openAiChat.raw(body));
    expect([outcome.error, outcome.text, outcome.finish?.reason]).toEqual([undefined, text, reason]);
  });

  it.each([
    ['a stream without choices', openAiChat.raw('data: {}\n\n' + done), 'protocol', ''],
    ['an end after comments only', openAiChat.raw(': PROCESSING\n\n'), 'truncated', ''],
    ['an error field (llama.cpp)', openAiChat.raw('error: {"code":500,"message":"boom","type":"server_error"}\n\n', 'bytes'), 'server', ''],
    ['an error event that is no JSON', openAiChat.raw('event: error\ndata: Rate limit reached\n\n'), 'rate_limit', ''],
    ['the finish reason error (OpenRouter)', openAiChat.raw(chunk({ content: 'a' }, { finish_reason: 'error' })), 'server', ''],
    ['an endless event', openAiChat.raw(`data: ${'x'.repeat(1000)}\n`.repeat(2_000)), 'protocol', ''],
  ] as const)('reports %s', async (_, answer, kind, text) => {
    const outcome = await ask(answer);
    expect([outcome.error?.kind, outcome.text, outcome.finish]).toEqual([kind, text, undefined]);
  });

  it('keeps the answer when only what follows the finish reason is cut off', async () => {
    const { error, finish } = await ask(openAiChat.raw(chunk({ content: 'a' }, { finish_reason: 'stop' }) + 'data: {"usa'));
    expect([error, finish?.reason]).toEqual([undefined, 'stop']);
  });

  it('does not wait long for what may follow the finish reason', async () => {
    const { error, text, finish } = await ask(
      openAiChat.text(['a'], { then: [{ write: chunk({}, { finish_reason: 'stop' }) }, { stall: true }] }),
    );
    expect([error, text, finish?.reason]).toEqual([undefined, 'a', 'stop']);
    const request = await provider.request(0);
    await request.closed;
    expect(request.leftEarly).toBe(true);
  });

  describe('when the provider does not stream', () => {
    it('asks once more without stream_options where only they are refused', async () => {
      provider.enqueue(openAiChat.error(422, { message: 'Extra inputs are not permitted: stream_options' }));
      expect((await ask(openAiChat.text(['a']))).text).toBe('a');
      expect(provider.requests.map(({ json }) => [json.stream, json.stream_options])).toEqual([
        [true, { include_usage: true }],
        [true, undefined],
      ]);
    });
  });
});
