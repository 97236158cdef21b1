import { type ChatMessage } from '@echo/web-chat-client';
import { detailsOf, sumWords } from './detail-words';

const answer = (more: Partial<ChatMessage> = {}): ChatMessage => ({
  key: 'a',
  id: 2,
  parentId: 1,
  role: 'assistant',
  text: 'Hello',
  reasoning: '',
  state: 'completed',
  provider: 'openai',
  model: 'gpt-4.1',
  usage: { input_tokens: 1_200, output_tokens: 300 },
  error: null,
  finishReason: 'stop',
  runId: 'r',
  createdAt: new Date(),
  siblings: [2],
  cost: { amount: 0.0042, currency: 'USD' },
  timing: { first_content_ms: 500, reasoning_ms: null, total_ms: 6_500 },
  ...more,
});
const told = (more: Partial<ChatMessage> = {}) => Object.fromEntries(detailsOf(answer(more)).map(({ term, words }) => [term, words]));

describe('the details of an answer', () => {
  it('tell who, how fast, how much and for how much', () => {
    expect(told()).toEqual({
      Model: 'gpt-4.1',
      Provider: 'openai',
      'First word after': '0.5 s',
      Duration: '6.5 s',
      'Tokens read': '1,200',
      'Tokens written': '300',
      Speed: '50 tokens a second',
      Cost: '$0.0042',
    });
  });

  it('mark what is a guess', () => {
    const guess = told({ usage: { input_tokens: 10, output_tokens: 300, estimated: true } });
    expect(guess['Tokens written']).toBe('300 (estimated: the provider gave no figures)');
    expect([guess['Speed'], guess['Cost']]).toEqual(['about 50 tokens a second', 'about $0.0042']);
  });

  it('tell of the cache and of thoughts, and who was asked for', () => {
    const more = told({
      usage: { input_tokens: 1_200, output_tokens: 300, cached_tokens: 1_000, reasoning_tokens: 200 },
      fallback: { asked: 'lab/one', reason: 'provider_timeout' },
    });
    expect(more['Tokens read']).toBe('1,200, 1,000 of them from the cache');
    expect(more['Tokens written']).toBe('300, 200 of them only thought');
    expect(more['Asked for']).toBe('lab/one');
  });

  it('tell how long a model thought, and count its thoughts towards its speed and not as its first word', () => {
    const thinking = told({ reasoning: 'Hm', timing: { first_content_ms: 500, reasoning_ms: 4_000, total_ms: 6_500 } });
    expect(thinking).toMatchObject({ 'Thought for': '4.0 s', 'First word after': '4.5 s', Speed: '50 tokens a second' });
    const seen = told({ reasoning: 'Hm', timing: null, startedAt: 0, thoughtAt: 500, firstContentAt: 4_500, finishedAt: 6_500 });
    expect(seen).toMatchObject({ 'Thought for': '4.0 s', 'First word after': '4.5 s', Speed: '50 tokens a second' });
    const wordless = told({ text: '', reasoning: 'Hm', timing: { first_content_ms: 500, reasoning_ms: 6_000, total_ms: 6_500 } });
    expect(wordless).not.toHaveProperty('First word after');
  });

  it('go by what the page saw until the server’s measure is read', () => {
    const seen = told({ timing: undefined, startedAt: 1_000, firstContentAt: 1_200, finishedAt: 4_000 });
    expect([seen['First word after'], seen['Duration']]).toEqual(['0.2 s', '3.0 s']);
  });

  it('leave out what nobody knows, and say so of a price', () => {
    expect(told({ timing: null, usage: null, cost: null })).toEqual({ Model: 'gpt-4.1', Provider: 'openai' });
    expect(told({ cost: null })['Cost']).toBe('not known: there is no price for this model');
    expect(told({ timing: { first_content_ms: null, reasoning_ms: null, total_ms: 30 } })).not.toHaveProperty('Speed');
    expect(told({ provider: 'guide', model: 'guide', cost: null })).not.toHaveProperty('Cost');
  });
});

describe('the sum of a conversation', () => {
  it('counts tokens and each currency', () => {
    const costs = [
      { amount: 1.5, currency: 'USD' },
      { amount: 0.25, currency: 'EUR' },
    ];
    expect(sumWords({ input_tokens: 12_345, output_tokens: 1, estimated: false, costs })).toBe(
      '12,345 tokens read, 1 written · $1.50 · €0.25',
    );
    expect(sumWords({ input_tokens: 5, output_tokens: 6, estimated: true, costs: [] })).toBe('about 5 tokens read, 6 written');
  });
});
