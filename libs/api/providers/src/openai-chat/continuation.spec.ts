import { type ModelRequest } from '../language-model';
import { type ProviderSettings } from '../provider-settings';
import { FIRST_STYLE } from '../asking/asking-style';
import { chatCall } from './chat-request';
import { continues } from './continuation';

const provider = (baseUrl: string, more: Partial<ProviderSettings> = {}): ProviderSettings => ({
  id: 'a',
  name: 'A',
  wire: 'openai-chat',
  baseUrl,
  ...more,
});

describe('the beginning of an answer', () => {
  it.each([
    ['https://api.openai.com/v1', false],
    ['https://mine.openai.azure.com/openai/v1', false],
    ['https://notapi.openai.com.example/v1', true],
    ['http://127.0.0.1:8080/v1', true],
    ['https://openrouter.ai/api/v1', true],
  ])('is gone on from at %s: %s', (baseUrl, expected) => expect(continues(provider(baseUrl))).toBe(expected));

  it('is gone on from where the operator says so', () => {
    expect(continues(provider('https://api.openai.com/v1', { continues: true }))).toBe(true);
    expect(continues(provider('http://127.0.0.1:8080/v1', { continues: false }))).toBe(false);
  });

  it.each([
    ['https://api.mistral.ai/v1', { prefix: true }],
    ['http://127.0.0.1:8080/v1', {}],
  ])('is the last message at %s', (baseUrl, flag) => {
    const request: ModelRequest = {
      messages: [
        { role: 'assistant', content: 'Hello.' },
        { role: 'user', content: 'A story' },
        { role: 'assistant', content: 'Once ' },
      ],
    };
    const body: unknown = JSON.parse(String(chatCall(provider(baseUrl), 'm', request, FIRST_STYLE).body));
    expect(body).toMatchObject({ messages: [request.messages[0], request.messages[1], { ...request.messages[2], ...flag }] });
    expect((body as { messages: object[] }).messages[0]).not.toHaveProperty('prefix');
  });
});
