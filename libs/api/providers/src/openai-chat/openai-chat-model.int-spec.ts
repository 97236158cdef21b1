import { collectAnswer, openAiChat, ScriptedProvider, type ScriptedAnswer } from '@echo/testing';
import { type ProviderSettings } from '../provider-settings';
import { HttpTransport } from '../transport/http-transport';
import { type WirePart } from '../wire-model';
import { OpenAiChatModel } from './openai-chat-model';

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

  function model(settings: Partial<ProviderSettings> = {}): OpenAiChatModel {
    return new OpenAiChatModel(
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

  it('reads multi-byte text whatever the reads are', async () => {
    const text = 'äß€😀👩🏽‍🚀日本\u0301';
    const body =
      openAiChat.event({ choices: [{ delta: { content: text } }] }) + openAiChat.event({ choices: [{ delta: {}, finish_reason: 'stop' }] });
    expect((await ask(openAiChat.raw(body, 'bytes'))).text).toBe(text);
    const bytes = Buffer.from(body);
    for (let at = bytes.indexOf('ä') - 1; at < bytes.indexOf('"', bytes.indexOf('ä')); at++) {
      const outcome = await ask({ steps: [{ write: bytes.subarray(0, at) }, { wait: 0 }, { write: bytes.subarray(at) }] });
      expect([at, outcome.text, outcome.finish?.reason]).toEqual([at, text, 'stop']);
    }
  });

  it('uses one connection for answers that follow each other', async () => {
    const before = provider.connections;
    await ask(openAiChat.text(['a']));
    await ask(openAiChat.text(['b']));
    await ask(openAiChat.text(['c']));
    expect(provider.connections - before).toBeLessThanOrEqual(1);
  });

  const chunk = (delta: unknown, more = {}) => openAiChat.event({ choices: [{ index: 0, delta, ...more }] });
  const done = openAiChat.done;
  it.each([
    ['[DONE] without a finish reason', chunk({ content: 'a' }) + done, 'a', 'stop'],
    ['a finish reason without [DONE]', chunk({ content: 'a' }, { finish_reason: 'stop' }), 'a', 'stop'],
    ['no blank line at the end', chunk({ content: 'a' }) + 'data: [DONE]', 'a', 'stop'],
    ['CRLF, and CR alone', (chunk({ content: 'a' }) + done).replaceAll('\n', '\r\n') + '', 'a', 'stop'],
    ['CR as the line end', (chunk({ content: 'a' }) + done).replaceAll('\n', '\r'), 'a', 'stop'],
    ['a byte order mark', '\uFEFF' + chunk({ content: 'a' }) + done, 'a', 'stop'],
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
    ['the content filter', chunk({ content: 'a' }) + chunk({}, { finish_reason: 'content_filter' }) + done, 'a', 'content_filter'],
    ['a finish reason of its own', chunk({ content: 'a' }, { finish_reason: '<b>'.repeat(1000) }) + done, 'a', 'stop'],
    [
      'events with names of ours',
      'event: done\n' + chunk({ content: 'a' }) + 'event: accepted\n' + chunk({ content: 'b' }) + done,
      'ab',
      'stop',
    ],
    [
      'U+0000 and half surrogates',
      chunk({ content: 'a\u0000b\ud800c' }) + chunk({ content: '\ude00' }) + done,
      'a\ufffdb\ufffdc\ufffd',
      'stop',
    ],
    ['a pair split between chunks', chunk({ content: '\ud83d' }) + chunk({ content: '\ude00' }) + done, '😀', 'stop'],
    ['half a pair at the end', chunk({ content: 'a\ud83d' }) + done, 'a\ufffd', 'stop'],
    [
      'invalid UTF-8',
      Buffer.concat([Buffer.from('data: {"choices":[{"delta":{"content":"a'), Buffer.from([0xff, 0xc3]), Buffer.from(`b"}}]}\n\n${done}`)]),
      'a\ufffd\ufffdb',
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
    ['an end without any sign of completion', openAiChat.raw(chunk({ content: 'a' })), 'truncated', 'a'],
    ['an end in the middle of an event', openAiChat.raw(chunk({ content: 'a' }) + 'data: {"choi'), 'truncated', 'a'],
    ['an empty body', openAiChat.raw(''), 'truncated', ''],
    ['a connection that is cut', openAiChat.text(['a'], { then: [{ wait: 10 }, { cut: true }] }), 'truncated', 'a'],
    ['a connection that is reset', openAiChat.text(['a'], { then: [{ wait: 30 }, { reset: true }] }), 'truncated', 'a'],
    [
      'a web page with status 200',
      { headers: { 'content-type': 'text/html' }, steps: [{ write: '\n <!doctype html><h1>Log in</h1>' }] },
      'protocol',
      '',
    ],
    ['bad JSON', openAiChat.raw(chunk({ content: 'a' }) + 'data: {"choices":\n\n' + done), 'protocol', 'a'],
    ['JSON that is no object', openAiChat.raw('data: "hello"\n\n' + done), 'protocol', ''],
    ['a stream without choices', openAiChat.raw('data: {}\n\n' + done), 'protocol', ''],
    ['text that is no stream', openAiChat.raw('Hello, I am a teapot.\n'), 'protocol', ''],
    ['an end after comments only', openAiChat.raw(': PROCESSING\n\n'), 'truncated', ''],
    ['JSON of something else', openAiChat.raw('{"hello":"world"}'), 'protocol', ''],
    ['a compressed body', { headers: { 'content-encoding': 'gzip' }, steps: [{ write: 'x' }] }, 'protocol', ''],
    ['a redirect', { status: 307, headers: { location: 'http://127.0.0.1:1/' }, steps: [] }, 'protocol', ''],
    [
      'an error object as data',
      openAiChat.raw(chunk({ content: 'a' }) + 'data: {"error":{"message":"boom","code":502}}\n\n'),
      'server',
      'a',
    ],
    ['an error field (llama.cpp)', openAiChat.raw('error: {"code":500,"message":"boom","type":"server_error"}\n\n', 'bytes'), 'server', ''],
    ['an error event that is no JSON', openAiChat.raw('event: error\ndata: Rate limit reached\n\n'), 'rate_limit', ''],
    ['an error with status 200', openAiChat.raw('{"error":{"type":"overloaded_error","message":"x"}}'), 'overloaded', ''],
    ['the finish reason error (OpenRouter)', openAiChat.raw(chunk({ content: 'a' }, { finish_reason: 'error' })), 'server', ''],
    ['an endless line', openAiChat.raw('data: '.padEnd(2 * 1024 * 1024, 'x')), 'protocol', ''],
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

  it('takes length for stop when the tokens it allowed were used up (llama-server)', async () => {
    const { finish } = await ask(openAiChat.text(['a'], { usage: { prompt_tokens: 1, completion_tokens: 5 } }), { maxOutputTokens: 5 });
    expect(finish?.reason).toBe('length');
  });

  it.each([
    [401, { message: 'Incorrect API key provided: sk-test-***def' }, 'auth'],
    [403, { message: 'Country not supported' }, 'auth'],
    [400, { message: 'API key not valid. Please pass a valid API key.' }, 'auth'],
    [429, { message: 'You exceeded your current quota', code: 'insufficient_quota' }, 'quota'],
    [402, {}, 'quota'],
    [429, { message: 'Slow down' }, 'rate_limit'],
    [429, { message: 'Rate limit reached. Add a payment method at /account/billing.', code: 'rate_limit_exceeded' }, 'rate_limit'],
    [400, { message: "This model's maximum context length is 8192 tokens", code: 'context_length_exceeded' }, 'context_length'],
    [413, {}, 'context_length'],
    [404, { code: 'model_not_found' }, 'not_found'],
    [400, { message: 'bad temperature' }, 'bad_request'],
    [400, { message: 'blocked', code: 'content_filter' }, 'filter'],
    [408, {}, 'timeout'],
    [409, {}, 'overloaded'],
    [500, {}, 'server'],
    [502, {}, 'server'],
    [503, {}, 'overloaded'],
    [504, {}, 'timeout'],
    [529, {}, 'overloaded'],
  ])('reports status %d %j as %s', async (status, error, kind) => {
    const outcome = await ask(openAiChat.error(status, error, { 'retry-after': '2' }));
    expect(outcome.error).toMatchObject({ kind, status, retryAfterMs: 2_000 });
  });

  it.each([
    ['an error that is text', '{"code":"x","error":"Incorrect API key provided"}', 'auth'],
    ['an array around the error (Gemini)', '[{"error":{"code":400,"message":"API key not valid","status":"INVALID_ARGUMENT"}}]', 'auth'],
    ['a list of details (FastAPI)', '{"detail":[{"loc":["body","x"],"msg":"Extra inputs"}]}', 'bad_request'],
    ['a web page', '<html>'.repeat(50_000), 'bad_request'],
  ])('reads %s', async (_, body, kind) => {
    expect((await ask({ status: 400, steps: [{ write: body }] })).error).toMatchObject({ kind, status: 400 });
  });

  it('shows neither the body nor the key of a refusal', async () => {
    const { error } = await ask(openAiChat.error(401, { message: `Bad key ${KEY}.\n<script>${'x'.repeat(1000)}` }));
    expect(error?.message).toBe('Test AI refused the key. An administrator must check the key of this provider.');
    expect(error?.logDetail).toMatch(/^Bad key \*\*\*. <script>x+$/);
    expect(error?.logDetail).toHaveLength(200);
    expect(JSON.stringify(error)).not.toContain(KEY);
  });

  it('does not wait for a failure that never ends its body', async () => {
    const { error } = await ask({ status: 500, headers: { 'content-length': '1000' }, steps: [{ write: '{"error":' }, { cut: true }] });
    expect(error).toMatchObject({ kind: 'server', status: 500 });
  });

  it.each([
    ['a port where nobody listens', 'http://127.0.0.1:1/v1', 'ECONNREFUSED'],
    ['a name that does not exist', 'http://nowhere.invalid/v1', expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/)],
    ['a metadata service', 'http://169.254.169.254/v1', 'EGRESS_REFUSED'],
    ['a metadata service in another spelling', 'http://[::ffff:a9fe:a9fe]/v1', 'EGRESS_REFUSED'],
    ['a metadata service as one number', 'http://2852039166/v1', 'EGRESS_REFUSED'],
  ])('cannot reach %s', async (_, baseUrl, logDetail) => {
    const { error } = await collectAnswer(model({ baseUrl }).stream({ messages: [] }, never));
    expect(error).toMatchObject({ kind: 'network', logDetail });
  });

  it('reports a connection that ends without any answer', async () => {
    expect((await ask({ steps: [{ reset: true }] })).error?.kind).toBe('network');
  });

  it('refuses a key that is no header value, without telling it', async () => {
    const { error } = await collectAnswer(model({ apiKey: `${KEY}\n` }).stream({ messages: [] }, never));
    expect(error).toMatchObject({ kind: 'bad_request' });
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain(KEY);
  });

  describe('when the provider does not stream', () => {
    it('asks once more without streaming after a refusal', async () => {
      provider.enqueue(openAiChat.error(400, { message: 'Your organization must be verified to stream this model.', param: 'stream' }));
      const { text, finish, parts } = await ask(openAiChat.whole('Hello', { usage: { prompt_tokens: 3, completion_tokens: 1 } }));
      expect([text, finish?.reason, finish?.usage]).toEqual(['Hello', 'stop', { input_tokens: 3, output_tokens: 1 }]);
      expect(parts[0]).toEqual({ type: 'unstreamed' });
      expect(provider.requests.map(({ json }) => [json.stream, json.stream_options])).toEqual([
        [true, { include_usage: true }],
        [false, undefined],
      ]);
    });

    it('asks once more without stream_options where only they are refused', async () => {
      provider.enqueue(openAiChat.error(422, { message: 'Extra inputs are not permitted: stream_options' }));
      expect((await ask(openAiChat.text(['a']))).text).toBe('a');
      expect(provider.requests.map(({ json }) => [json.stream, json.stream_options])).toEqual([
        [true, { include_usage: true }],
        [true, undefined],
      ]);
    });

    it('gives up when the second try is refused as well', async () => {
      provider.enqueue(openAiChat.error(400, { message: 'stream is not supported' }));
      expect((await ask(openAiChat.error(400, { message: 'stream is not supported' }))).error?.kind).toBe('bad_request');
      expect(provider.requests).toHaveLength(2);
    });

    it('takes an answer that came whole though a stream was asked for', async () => {
      expect((await ask(openAiChat.whole('Hello'))).text).toBe('Hello');
    });
  });

  describe('when the caller stops', () => {
    it('closes the connection in the middle of an answer, at once', async () => {
      provider.enqueue(openAiChat.text(['a'], { then: [{ stall: true }] }));
      const abort = new AbortController();
      let stoppedAt = 0;
      const { error, text } = await collectAnswer<WirePart>(model().stream({ messages: [] }, abort.signal), ({ type }) => {
        if (type !== 'text') return;
        stoppedAt = performance.now();
        abort.abort();
      });
      expect([(error as { kind: string }).kind, text]).toEqual(['aborted', 'a']);
      const request = await provider.request(0);
      expect((await request.closed) - stoppedAt).toBeLessThan(200);
      expect(request.leftEarly).toBe(true);
    });

    it('closes the connection while it waits for headers', async () => {
      provider.enqueue({ steps: [{ stall: true }] });
      const abort = new AbortController();
      const outcome = collectAnswer(model().stream({ messages: [] }, abort.signal));
      const request = await provider.request(0);
      abort.abort();
      expect((await outcome).error).toMatchObject({ kind: 'aborted' });
      await request.closed;
      expect(request.leftEarly).toBe(true);
    });

    it('asks nothing when it was stopped before', async () => {
      expect((await collectAnswer(model().stream({ messages: [] }, AbortSignal.abort()))).error).toMatchObject({ kind: 'aborted' });
      expect(provider.requests).toHaveLength(0);
    });

    it('closes the connection when the consumer leaves the loop', async () => {
      provider.enqueue(openAiChat.text(['a'], { then: [{ stall: true }] }));
      for await (const part of model().stream({ messages: [] }, never)) if (part.type === 'text') break;
      const request = await provider.request(0);
      await request.closed;
      expect(request.leftEarly).toBe(true);
    });
  });
});
