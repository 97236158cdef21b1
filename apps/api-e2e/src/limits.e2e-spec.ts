import { LIMITS } from '@echo/contract';
import { openAiChat } from '@echo/testing';
import { outcome } from './support/person';
import { TestApi } from './support/test-api';

/** Characters of two code units each: a limit counts characters. */
const chars = (count: number) => '🦔'.repeat(count);

describe('every limit, at it and one past it', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await TestApi.start();
    api.answerAll(openAiChat.text(['ok']));
  });
  afterAll(() => api.stop());

  const create = (body: object) => api.post('/api/conversations', body);
  const chat = (body: object, headers = {}) => api.post('/api/chat', body, headers);
  const turns = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ role: index % 2 === count % 2 ? 'assistant' : 'user', content: 'x' }));

  it.each<[string, (size: number) => ReturnType<typeof chat>, number, number, [number, string]]>([
    ['characters of a title', (size) => create({ title: chars(size) }), LIMITS.titleChars, 201, [422, 'too_long']],
    ['characters of a system prompt', (size) => create({ system_prompt: chars(size) }), LIMITS.systemPromptChars, 201, [422, 'too_long']],
    ['characters of a message', (size) => chat({ prompt: chars(size) }), LIMITS.promptChars, 200, [422, 'too_long']],
    [
      'messages of an exchange',
      (size) => api.post('/api/chat/conversation', { messages: turns(size) }),
      LIMITS.messagesPerConversationPost,
      200,
      [422, 'too_long'],
    ],
    [
      'characters of an Idempotency-Key',
      (size) => chat({ prompt: 'Hi' }, { 'idempotency-key': 'k'.repeat(size) }),
      LIMITS.idempotencyKeyChars,
      200,
      [400, 'invalid_idempotency_key'],
    ],
    [
      'characters of a search',
      (size) => api.get(`/api/conversations?q=${encodeURIComponent(chars(size))}`),
      LIMITS.queryChars,
      200,
      [422, 'too_long'],
    ],
    ['entries of a page', (size) => api.get(`/api/conversations?limit=${size}`), LIMITS.pageSizeMax, 200, [422, 'invalid_value']],
  ])('%s', async (_, ask, limit, taken, refused) => {
    expect((await ask(limit)).status).toBe(taken);
    expect(outcome(await ask(limit + 1))).toEqual(refused);
  });

  it('bytes of a body, of chats and of others', async () => {
    const body = (bytes: number) => {
      const empty = JSON.stringify({ prompt: '' }).length;
      return `{"prompt":"${'x'.repeat(bytes - empty)}"}`;
    };
    for (const [path, bytes] of [
      ['/api/chat', LIMITS.chatBodyBytes],
      ['/api/conversations', LIMITS.bodyBytes],
    ] as const) {
      expect([path, (await api.post(path, body(bytes))).status]).toEqual([path, 422]);
      expect([path, ...outcome(await api.post(path, body(bytes + 1)))]).toEqual([path, 413, 'body_too_large']);
    }
  });
});
