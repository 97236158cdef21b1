import { SPEAKERS } from '@echo/testing';
import { KEY, WireStage } from '../conformance/wire-stage';
import { anthropicWire } from './anthropic-wire';

const speaker = SPEAKERS.anthropic;
const event = (value: { type: string } & Record<string, unknown>) => `event: ${value.type}\ndata: ${JSON.stringify(value)}\n\n`;
const start = (usage: object) => event({ type: 'message_start', message: { model: 'claude-x', content: [], usage } });
const block = (content_block: object) => event({ type: 'content_block_start', index: 0, content_block });
const delta = (fields: object) => event({ type: 'content_block_delta', index: 0, delta: fields });
const end = (stop_reason: string | null, usage: object) =>
  event({ type: 'message_delta', delta: { stop_reason }, usage }) + event({ type: 'message_stop' });

describe('an Anthropic model', () => {
  let stage: WireStage;

  beforeAll(async () => (stage = await WireStage.start()));
  afterEach(() => stage.provider.reset());
  afterAll(() => stage.stop());

  const asked = async (request: object, name = 'claude-sonnet-5', more = {}) => {
    stage.provider.enqueue(speaker.text(['ok']));
    await stage.outcome(stage.model('anthropic', more, name), request);
    const [sent] = stage.provider.requests;
    if (sent === undefined) throw new Error('Nothing was asked.');
    return sent;
  };

  it('is asked with its version, the key, the system prompt in its place and turns that alternate', async () => {
    const messages = [
      { role: 'system' as const, content: 'Be brief.' },
      { role: 'assistant' as const, content: 'Welcome.' },
      { role: 'user' as const, content: 'a\n\nb <b>é' },
      { role: 'assistant' as const, content: '' },
      { role: 'user' as const, content: 'c' },
    ];
    const { path, headers, json } = await asked({ messages, temperature: 1.5, maxOutputTokens: 7, stop: ['END', ' '] });
    expect(path).toBe('/v1/messages');
    expect(headers).toMatchObject({ 'x-api-key': KEY, 'anthropic-version': '2023-06-01', 'content-type': 'application/json' });
    expect(headers['authorization']).toBeUndefined();
    expect(json).toEqual({
      model: 'claude-sonnet-5',
      max_tokens: 7,
      system: 'Be brief.',
      messages: [
        { role: 'user', content: '…' },
        { role: 'assistant', content: 'Welcome.' },
        { role: 'user', content: 'a\n\nb <b>é\n\nc' },
      ],
      stream: true,
      temperature: 1,
      stop_sequences: ['END'],
    });
  });

  it.each([
    ['claude-3-haiku-20240307', 4_096],
    ['claude-3-5-sonnet-latest', 8_192],
    ['claude-opus-4-1-20250805', 32_000],
    ['claude-opus-4-20250514', 32_000],
    ['claude-opus-4-8', 64_000],
    ['claude-haiku-5-5', 64_000],
    ['another', 8_192],
  ])('%s is allowed %i tokens where nobody said how many', async (name, limit) => {
    expect((await asked({}, name)).json.max_tokens).toBe(limit);
  });

  it.each(['/', '/v1', '/v1/'])('is found below a base URL that ends with %s', async (path) => {
    expect((await asked({}, 'x', { baseUrl: stage.provider.origin + path })).path).toBe('/v1/messages');
  });

  it('is asked once more with the limit that it names', async () => {
    stage.provider.enqueue(
      speaker.error(400, { message: 'max_tokens: 64000 > 8192, which is the maximum allowed number of output tokens' }),
    );
    expect((await stage.ask('anthropic', speaker.text(['a']))).text).toBe('a');
    expect(stage.provider.requests[1]?.json.max_tokens).toBe(8_192);
  });

  it('is asked once more for what its context still holds', async () => {
    stage.provider.enqueue(
      speaker.error(400, { message: 'input length and `max_tokens` exceed context limit: 190000 + 64000 > 200000, decrease' }),
    );
    expect((await stage.ask('anthropic', speaker.text(['a']))).text).toBe('a');
    expect(stage.provider.requests[1]?.json.max_tokens).toBe(10_000);
  });

  it('is not asked again when its context holds nothing more', async () => {
    const full = speaker.error(400, { message: 'input length and `max_tokens` exceed context limit: 199990 + 64000 > 200000' });
    expect((await stage.ask('anthropic', full)).error?.kind).toBe('context_length');
  });

  it('is asked once more without a temperature that it refuses', async () => {
    stage.provider.enqueue(speaker.error(400, { message: '`temperature` is deprecated for this model.' }));
    expect((await stage.ask('anthropic', speaker.text(['a']), { temperature: 0.5 })).text).toBe('a');
    expect(stage.provider.requests.map(({ json }) => json.temperature)).toEqual([0.5, undefined]);
  });

  it('goes on from the beginning of an answer, whose last white space comes once', async () => {
    const messages = [
      { role: 'user' as const, content: 'Hi' },
      { role: 'assistant' as const, content: 'One,\n\n' },
    ];
    stage.provider.enqueue(speaker.text(['\n', '\n\ntwo']));
    const { text } = await stage.outcome(stage.model('anthropic'), { messages });
    expect(stage.provider.requests[0]?.json.messages[1]).toEqual({ role: 'assistant', content: 'One,' });
    expect(text).toBe('\ntwo');
  });

  it.each([
    ['claude-3-5-sonnet-20241022', true],
    ['claude-sonnet-4-20250514', true],
    ['claude-opus-4-5', true],
    ['claude-opus-4-5-20251101', true],
    ['claude-opus-4-6', false],
    ['claude-sonnet-4-6', false],
    ['claude-opus-5', false],
    ['default', false],
  ])('%s goes on from the beginning of an answer: %s', (name, expected) => {
    expect(anthropicWire.continues(stage.settings('anthropic'), name)).toBe(expected);
    expect(anthropicWire.continues(stage.settings('anthropic', { continues: !expected }), name)).toBe(!expected);
  });

  it.each([
    [
      'usage that is known only at the end',
      start({ input_tokens: 0 }) + end('end_turn', { input_tokens: 61, output_tokens: 2 }),
      '',
      61,
      2,
    ],
    ['usage that adds up', start({ input_tokens: 12, output_tokens: 1 }) + end('end_turn', { output_tokens: 15 }), '', 12, 15],
    [
      'a block that begins with text',
      start({ input_tokens: 1 }) +
        block({ type: 'text', text: 'a' }) +
        delta({ type: 'text_delta', text: 'b' }) +
        end('end_turn', { output_tokens: 1 }),
      'ab',
      1,
      1,
    ],
    [
      'tools, citations and signatures',
      start({ input_tokens: 1 }) +
        block({ type: 'server_tool_use', input: {} }) +
        delta({ type: 'input_json_delta', partial_json: '{' }) +
        delta({ type: 'citations_delta', citation: {} }) +
        delta({ type: 'text_delta', text: 'a' }) +
        end('tool_use', { output_tokens: 1 }),
      'a',
      1,
      1,
    ],
    [
      'events that are new',
      start({ input_tokens: 1 }) +
        event({ type: 'mood', mood: 'fine' }) +
        delta({ type: 'text_delta', text: 'a' }) +
        end('pause_turn', { output_tokens: 1 }),
      'a',
      1,
      1,
    ],
    [
      'a message without its last event',
      start({ input_tokens: 1 }) +
        delta({ type: 'text_delta', text: 'a' }) +
        event({ type: 'message_delta', delta: { stop_reason: 'stop_sequence' }, usage: { output_tokens: 1 } }),
      'a',
      1,
      1,
    ],
  ])('takes %s', async (_, body, text, input_tokens, output_tokens) => {
    const outcome = await stage.ask('anthropic', speaker.raw(body));
    expect(outcome).toMatchObject({ error: undefined, text, finish: { reason: 'stop', usage: { input_tokens, output_tokens } } });
  });

  it('reports overload as the very first event', async () => {
    const body = 'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n\n';
    expect((await stage.ask('anthropic', speaker.raw(body))).error).toMatchObject({ kind: 'overloaded', retryable: true });
  });

  it.each([
    ['not_found_error', 'not_found'],
    ['permission_error', 'auth'],
    ['invalid_request_error', 'bad_request'],
    ['request_too_large', 'context_length'],
    ['timeout_error', 'timeout'],
    ['api_error', 'server'],
  ])('reports %s inside the stream as %s', async (type, kind) => {
    const { error } = await stage.ask('anthropic', speaker.raw(start({}) + speaker.words.failure('x', type)));
    expect(error?.kind).toBe(kind);
  });

  it('chooses the newest of the middle size, and leaves out what is retired', async () => {
    const entry = (id: string, lifecycle = 'active') => ({ id, lifecycle, max_input_tokens: 200_000 });
    const data = [entry('claude-opus-9'), entry('claude-sonnet-8'), entry('claude-sonnet-1', 'retired'), entry('claude-sonnet-7')];
    stage.provider.enqueue({ steps: [{ write: JSON.stringify({ data }) }] });
    const settings = stage.settings('anthropic');
    const models = await anthropicWire.listModels(settings, stage.transport, new AbortController().signal);
    expect(models.map(({ id }) => id)).toEqual(['claude-opus-9', 'claude-sonnet-8', 'claude-sonnet-7']);
    expect(anthropicWire.defaultModel(settings, models)).toBe('claude-sonnet-8');
    expect(anthropicWire.defaultModel(settings, null)).toBe('claude-sonnet-4-5');
  });
});
