import { SPEAKERS } from '@echo/testing';
import { KEY, WireStage } from '../conformance/wire-stage';
import { geminiWire } from './gemini-wire';

const speaker = SPEAKERS.gemini;
const event = (value: unknown) => `data: ${JSON.stringify(value)}\r\n\r\n`;
const said = (parts: readonly object[], more: object = {}) => ({ candidates: [{ content: { parts, role: 'model' }, index: 0, ...more }] });

describe('a Gemini model', () => {
  let stage: WireStage;

  beforeAll(async () => (stage = await WireStage.start()));
  afterEach(() => stage.provider.reset());
  afterAll(() => stage.stop());

  it('is asked by its own path, with the key in a header and the system prompt in its place', async () => {
    const messages = [
      { role: 'system' as const, content: 'Be brief.' },
      { role: 'user' as const, content: 'a' },
      { role: 'assistant' as const, content: 'b' },
      { role: 'user' as const, content: 'c\n\n<b>é' },
    ];
    stage.provider.enqueue(speaker.text(['ok']));
    await stage.outcome(stage.model('gemini', {}, 'gemini-2.5-flash'), { messages, temperature: 0.5, maxOutputTokens: 7, stop: ['END'] });
    const [sent] = stage.provider.requests;
    expect(sent).toMatchObject({ path: '/v1beta/models/gemini-2.5-flash:streamGenerateContent', headers: { 'x-goog-api-key': KEY } });
    expect(sent?.query.get('alt')).toBe('sse');
    expect(sent?.query.has('key')).toBe(false);
    expect(sent?.json).toEqual({
      contents: [
        { role: 'user', parts: [{ text: 'a' }] },
        { role: 'model', parts: [{ text: 'b' }] },
        { role: 'user', parts: [{ text: 'c\n\n<b>é' }] },
      ],
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
      generationConfig: { temperature: 0.5, maxOutputTokens: 7, stopSequences: ['END'], thinkingConfig: { includeThoughts: true } },
    });
  });

  it.each([
    ['', 'gemini-1.5-pro', '/v1beta/models/gemini-1.5-pro'],
    ['/v1', 'm', '/v1/models/m'],
    ['/v1beta/', 'tunedModels/mine', '/v1beta/tunedModels/mine'],
    ['/v1/projects/p/locations/l/publishers/google', 'm', '/v1/projects/p/locations/l/publishers/google/models/m'],
  ])('is found below the base URL %j: %s', async (base, name, path) => {
    stage.provider.enqueue(speaker.text(['ok']));
    await stage.outcome(stage.model('gemini', { baseUrl: stage.provider.origin + base }, name));
    expect(stage.provider.requests[0]?.path).toBe(`${path}:streamGenerateContent`);
    expect(stage.provider.requests[0]?.json.generationConfig.thinkingConfig).toBeUndefined();
  });

  it('is asked once more without its thoughts where it has none', async () => {
    stage.provider.enqueue(speaker.error(400, { message: 'Thinking is not enabled for this model.' }), speaker.text(['a']));
    expect((await stage.outcome(stage.model('gemini', {}, 'gemini-3-x'))).text).toBe('a');
    expect(stage.provider.requests.map(({ json }) => json.generationConfig.thinkingConfig)).toEqual([{ includeThoughts: true }, undefined]);
  });

  it.each([
    [
      'a finish reason with every piece',
      event(said([{ text: 'a' }], { finishReason: 'STOP' })) + event(said([{ text: 'b' }], { finishReason: 'STOP' })),
      'ab',
      'stop',
    ],
    ['thoughts and text in one piece', event(said([{ text: 'hm', thought: true }, { text: 'a' }], { finishReason: 'STOP' })), 'a', 'stop'],
    ['calls of functions', event(said([{ functionCall: { name: 'f', args: {} } }], { finishReason: 'STOP' })), '', 'stop'],
    [
      'a candidate without content',
      event(said([{ text: 'a' }])) + event({ candidates: [{ finishReason: 'RECITATION' }] }),
      'a',
      'content_filter',
    ],
    [
      'other candidates',
      event({ candidates: [{ index: 1, content: { parts: [{ text: 'no' }] } }] }) + event(said([{ text: 'a' }], { finishReason: 'OTHER' })),
      'a',
      'stop',
    ],
    [
      'a list instead of events',
      JSON.stringify([said([{ text: 'a' }]), said([{ text: 'b' }], { finishReason: 'MAX_TOKENS' })]),
      'ab',
      'length',
    ],
  ])('takes %s', async (_, body, text, reason) => {
    expect(await stage.ask('gemini', speaker.raw(body))).toMatchObject({ error: undefined, text, finish: { reason } });
  });

  it('waits for what follows a finish reason anew with every piece', async () => {
    const piece = (text: string) => ({ write: event(said([{ text }], { finishReason: 'STOP' })) });
    const steps = [piece('a'), { wait: 1_200 }, piece('b'), { wait: 1_200 }, piece('c')];
    expect(await stage.ask('gemini', { headers: { 'content-type': 'text/event-stream' }, steps })).toMatchObject({
      error: undefined,
      text: 'abc',
    });
  });

  it('reports a prompt that was blocked', async () => {
    const { error } = await stage.ask('gemini', speaker.raw(event({ promptFeedback: { blockReason: 'PROHIBITED_CONTENT' } })));
    expect(error).toMatchObject({ kind: 'filter', logDetail: 'the prompt was blocked: PROHIBITED_CONTENT' });
  });

  it.each([
    ['a limit for each minute', 'GenerateRequestsPerMinutePerProjectPerModel-FreeTier', 'rate_limit'],
    ['a limit for each day', 'GenerateRequestsPerDayPerProjectPerModel-FreeTier', 'quota'],
  ])('tells %s by its details, with the wait', async (_, quotaId, kind) => {
    const details = [{ violations: [{ quotaId }] }, { retryDelay: '34.5s' }];
    const error = { code: 429, status: 'RESOURCE_EXHAUSTED', message: 'You exceeded your current quota, please check your plan.', details };
    const answer = { status: 429, steps: [{ write: JSON.stringify({ error }) }] };
    expect((await stage.ask('gemini', answer)).error).toMatchObject({ kind, status: 429, retryAfterMs: 34_500 });
  });

  it('chooses the newest released model of the middle size', async () => {
    const entry = (name: string, method = 'generateContent') => ({ name: `models/${name}`, supportedGenerationMethods: [method] });
    const names = ['gemini-2.0-flash', 'gemini-2.5-flash', 'gemini-2.5-flash-image', 'gemini-3-flash-preview', 'gemini-2.5-pro'];
    const models = [...names.map((name) => entry(name)), entry('text-embedding-004', 'embedContent')];
    stage.provider.enqueue({ steps: [{ write: JSON.stringify({ models }) }] });
    const settings = stage.settings('gemini');
    const listed = await geminiWire.listModels(settings, stage.transport, new AbortController().signal);
    expect(listed.map(({ id }) => id)).toEqual(names);
    expect(geminiWire.defaultModel(settings, listed)).toBe('gemini-2.5-flash');
    expect(geminiWire.isForChat('gemini-2.5-flash-image')).toBe(false);
  });
});
