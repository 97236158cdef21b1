import { type WireName } from '../provider-settings';
import { EACH_WIRE, WireStage } from './wire-stage';

const line = (value: object): string => `${JSON.stringify(value)}\n`;
const event = (value: object): string => `data: ${JSON.stringify(value)}\n\n`;

/** An answer of each vendor that tells of 10 tokens read, 4 of them from its cache, and 6 said, 5 of them thoughts; Ollama knows neither. */
const ANSWERS: Readonly<Record<WireName, string>> = {
  'openai-chat':
    event({ choices: [{ index: 0, delta: { content: 'a' }, finish_reason: 'stop' }] }) +
    event({
      choices: [],
      usage: {
        prompt_tokens: 10,
        completion_tokens: 6,
        prompt_tokens_details: { cached_tokens: 4 },
        completion_tokens_details: { reasoning_tokens: 5 },
      },
    }) +
    'data: [DONE]\n\n',
  'openai-responses':
    event({ type: 'response.output_text.delta', delta: 'a' }) +
    event({
      type: 'response.completed',
      response: {
        status: 'completed',
        usage: {
          input_tokens: 10,
          output_tokens: 6,
          input_tokens_details: { cached_tokens: 4 },
          output_tokens_details: { reasoning_tokens: 5 },
        },
      },
    }),
  anthropic:
    event({
      type: 'message_start',
      message: { usage: { input_tokens: 5, cache_read_input_tokens: 4, cache_creation_input_tokens: 1, output_tokens: 1 } },
    }) +
    event({ type: 'content_block_delta', delta: { type: 'text_delta', text: 'a' } }) +
    event({
      type: 'message_delta',
      delta: { stop_reason: 'end_turn' },
      usage: { output_tokens: 6, output_tokens_details: { thinking_tokens: 5 } },
    }) +
    event({ type: 'message_stop' }),
  gemini: event({
    candidates: [{ content: { parts: [{ text: 'a' }] }, finishReason: 'STOP' }],
    usageMetadata: { promptTokenCount: 10, cachedContentTokenCount: 4, candidatesTokenCount: 1, thoughtsTokenCount: 5 },
  }),
  ollama: line({ message: { content: 'a' }, done: true, prompt_eval_count: 10, eval_count: 6 }),
};

describe.each(EACH_WIRE)('the tokens of %s', (wire, speaker) => {
  let stage: WireStage;

  beforeAll(async () => (stage = await WireStage.start()));
  afterAll(() => stage.stop());

  it('are told with those from the vendor’s cache, which cost less, and those that were only thought', async () => {
    const { finish } = await stage.ask(wire, speaker.raw(ANSWERS[wire]));
    const parts = wire === 'ollama' ? {} : { cached_tokens: 4, reasoning_tokens: 5 };
    expect(finish?.usage).toEqual({ input_tokens: 10, output_tokens: 6, ...parts });
  });

  it.each([-1, 1e300, '12', null, {}])('are not taken for a count where they are %j', async (count) => {
    const broken = ANSWERS[wire].replaceAll(/(_tokens|_count|TokenCount)":\d+/g, `$1":${JSON.stringify(count)}`);
    const { error, text, finish } = await stage.ask(wire, speaker.raw(broken));
    expect([error, text]).toEqual([undefined, 'a']);
    expect(Object.values(finish?.usage ?? {}).filter((value) => value !== 0)).toEqual([]);
  });
});
