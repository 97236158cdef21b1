import { SPEAKERS } from '@echo/testing';
import { WireStage } from '../conformance/wire-stage';
import { ollamaWire } from './ollama-wire';

const speaker = SPEAKERS.ollama;
const line = (value: unknown) => `${JSON.stringify(value)}\n`;

describe('an Ollama model', () => {
  let stage: WireStage;

  beforeAll(async () => (stage = await WireStage.start()));
  afterEach(() => stage.provider.reset());
  afterAll(() => stage.stop());

  it.each(['', '/', '/v1', '/v1/', '/api'])('is asked by its own protocol below a base URL that ends with %j', async (path) => {
    const messages = [
      { role: 'system' as const, content: 'Be brief.' },
      { role: 'user' as const, content: 'a' },
    ];
    stage.provider.enqueue(speaker.text(['ok']));
    const model = stage.model('ollama', { baseUrl: stage.provider.origin + path, apiKey: undefined }, 'qwen3:8b');
    await stage.outcome(model, { messages, temperature: 0.5, maxOutputTokens: 7, stop: ['END'] });
    const [sent] = stage.provider.requests;
    expect(sent?.path).toBe('/api/chat');
    expect(sent?.headers['authorization']).toBeUndefined();
    expect(sent?.json).toEqual({
      model: 'qwen3:8b',
      messages,
      stream: true,
      options: { temperature: 0.5, num_predict: 7, stop: ['END'] },
    });
  });

  it.each([
    ['the older field', line({ response: 'a', done: false }) + line({ response: '', done: true, context: [1, 2], eval_count: 1 }), 'a'],
    ['empty lines', `\n${line({ message: { content: 'a' }, done: false })}\r\n\n${line({ done: true })}`, 'a'],
    [
      'the last word in the last line',
      line({ message: { content: 'a' }, done: false }) + line({ message: { content: 'b' }, done: true }),
      'ab',
    ],
    ['a prompt that is not counted', line({ message: { content: 'a' }, done: true, eval_count: 3 }), 'a'],
    ['what follows the last line', line({ message: { content: 'a' }, done: true }) + line({ message: { content: 'b' }, done: false }), 'a'],
  ])('takes %s', async (_, body, text) => {
    expect(await stage.ask('ollama', speaker.raw(body))).toMatchObject({ error: undefined, text, finish: { reason: 'stop' } });
  });

  it.each([
    ["model 'x' not found", 'not_found'],
    ['unauthorized', 'auth'],
    ['model requires more system memory (9.1 GiB) than is available (4.2 GiB)', 'server'],
    ['the input length exceeds the maximum context length', 'context_length'],
  ])('reports the line {"error": %j} as %s', async (message, kind) => {
    const { error, text } = await stage.ask('ollama', speaker.raw(speaker.words.piece('a') + speaker.words.failure(message)));
    expect([error?.kind, text]).toEqual([kind, 'a']);
  });

  it('is not listed when it only embeds, and reads as much as its file asks for', async () => {
    const about: Record<string, unknown> = {
      a: {
        capabilities: ['completion'],
        parameters: 'stop "x"\nnum_ctx                        16384\n',
        model_info: { 'qwen3.context_length': 40960 },
      },
      b: { capabilities: ['embedding'] },
      d: { capabilities: ['completion', 'thinking'], model_info: { 'gemma.context_length': 8192 } },
    };
    stage.provider.answer = ({ path, body }) => {
      if (path === '/api/tags') return speaker.models('a', 'b', 'c', 'd');
      const found = about[(JSON.parse(body) as { model: string }).model];
      return found === undefined ? { status: 404, steps: [] } : { steps: [{ write: JSON.stringify(found) }] };
    };
    expect(await ollamaWire.listModels(stage.settings('ollama'), stage.transport, new AbortController().signal)).toEqual([
      { id: 'a', contextLength: 16_384 },
      { id: 'c', contextLength: null },
      { id: 'd', contextLength: 8_192 },
    ]);
  });
});
