import { SPEAKERS } from '@echo/testing';
import { KEY, WireStage } from '../conformance/wire-stage';

const speaker = SPEAKERS['openai-responses'];
const { begin, piece, end } = speaker.words;
const event = (value: { type: string } & Record<string, unknown>) => `event: ${value.type}\ndata: ${JSON.stringify(value)}\n\n`;

describe('a model behind OpenAI responses', () => {
  let stage: WireStage;

  beforeAll(async () => (stage = await WireStage.start()));
  afterEach(() => stage.provider.reset());
  afterAll(() => stage.stop());

  it('is asked with its input, its instructions, and nothing to be stored', async () => {
    const messages = [
      { role: 'system' as const, content: 'Be brief.' },
      { role: 'user' as const, content: 'a' },
      { role: 'assistant' as const, content: 'b' },
      { role: 'user' as const, content: 'c' },
    ];
    stage.provider.enqueue(speaker.text(['ok']));
    await stage.outcome(stage.model('openai-responses', {}, 'gpt-4o'), { messages, temperature: 0.5, maxOutputTokens: 70 });
    const [sent] = stage.provider.requests;
    expect(sent).toMatchObject({ path: '/v1/responses', headers: { authorization: `Bearer ${KEY}` } });
    expect(sent?.json).toEqual({
      model: 'gpt-4o',
      instructions: 'Be brief.',
      input: messages.slice(1),
      stream: true,
      store: false,
      temperature: 0.5,
      max_output_tokens: 70,
    });
  });

  it.each([
    ['o3', { summary: 'auto' }],
    ['gpt-5-mini', { summary: 'auto' }],
    ['gpt-5-chat-latest', undefined],
    ['gpt-4.1', undefined],
  ])('%s is asked for what it thinks: %j', async (name, reasoning) => {
    stage.provider.enqueue(speaker.text(['ok']));
    await stage.outcome(stage.model('openai-responses', {}, name));
    expect(stage.provider.requests[0]?.json.reasoning).toEqual(reasoning);
  });

  it('is asked once more without what the organization may not see', async () => {
    const message = 'Your organization must be verified to generate reasoning summaries.';
    stage.provider.enqueue(speaker.error(400, { message, param: 'reasoning.summary' }), speaker.text(['a']));
    expect((await stage.outcome(stage.model('openai-responses', {}, 'o3'))).text).toBe('a');
    expect(stage.provider.requests.map(({ json }) => [json.stream, json.reasoning])).toEqual([
      [true, { summary: 'auto' }],
      [true, undefined],
    ]);
  });

  it('makes a paragraph of each part of a summary', async () => {
    const part = event({ type: 'response.reasoning_summary_part.added', part: { text: '' } });
    const { reasoning } = await stage.ask(
      'openai-responses',
      speaker.raw(begin + part + speaker.words.thought('one') + part + speaker.words.thought('two') + piece('a') + end()),
    );
    expect(reasoning).toBe('one\n\ntwo');
  });

  it.each([
    ['refusals', event({ type: 'response.refusal.delta', delta: 'I cannot.' }) + end(), 'I cannot.', 'stop'],
    ['reasoning that is not a summary', event({ type: 'response.reasoning_text.delta', delta: 'hm' }) + piece('a') + end(), 'a', 'stop'],
    ['events of tools', event({ type: 'response.function_call_arguments.delta', delta: '{' }) + piece('a') + end(), 'a', 'stop'],
    ['the other protocol’s last sign', `${piece('a')}${end()}data: [DONE]\n\n`, 'a', 'stop'],
    ['what ran out', piece('a') + end('length'), 'a', 'length'],
    ['what was filtered', piece('a') + end('filter'), 'a', 'content_filter'],
  ])('takes %s', async (_, body, text, reason) => {
    expect(await stage.ask('openai-responses', speaker.raw(begin + body))).toMatchObject({ error: undefined, text, finish: { reason } });
  });

  it.each([
    [{ code: 'rate_limit_exceeded', message: 'Rate limit reached for gpt-5' }, 'rate_limit'],
    [{ code: 'insufficient_quota', message: 'You exceeded your current quota' }, 'quota'],
    [{ code: 'server_error', message: 'An error occurred' }, 'server'],
    [{ code: 'invalid_prompt', message: 'Invalid prompt' }, 'bad_request'],
  ])('reports a response that failed by %j as %s', async (failure, kind) => {
    const body = begin + piece('a') + event({ type: 'response.failed', response: { status: 'failed', error: failure } });
    expect(await stage.ask('openai-responses', speaker.raw(body))).toMatchObject({ text: 'a', error: { kind } });
  });

  it.each([
    ['in one piece', ['one END two'], 'one '],
    ['over several pieces', ['one E', 'N', 'D two'], 'one '],
    ['that is not one after all', ['one E', 'Nd'], 'one ENd'],
    ['at the very end', ['one EN'], 'one EN'],
  ])('ends at a stop text %s', async (_, pieces, text) => {
    const { finish, ...outcome } = await stage.ask('openai-responses', speaker.text(pieces), { stop: ['END', 'STOP'] });
    expect([outcome.text, finish?.reason]).toEqual([text, 'stop']);
  });

  it('closes the connection at a stop text', async () => {
    await stage.ask('openai-responses', speaker.text(['aENDb'], { then: [{ stall: true }] }), { stop: ['END'] });
    const request = await stage.provider.request(0);
    await request.closed;
    expect(request.leftEarly).toBe(true);
  });
});
