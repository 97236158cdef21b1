import { LIMITS } from '@echo/contract';
import { openAiChat } from '@echo/testing';
import { TestApi } from './support/test-api';

describe('a refusal', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await TestApi.start();
    api.answerAll(openAiChat.text(['ok']));
  });
  afterAll(() => api.stop());

  const ofChat: readonly [string, object | string, number, string, string?][] = [
    ['an empty prompt', { prompt: '' }, 422, 'empty', '/prompt'],
    ['white space alone', { prompt: ' \n\t' }, 422, 'empty', '/prompt'],
    ['a missing prompt', {}, 422, 'missing_field', '/prompt'],
    ['null for a prompt', { prompt: null }, 422, 'wrong_type', '/prompt'],
    ['a number for a prompt', { prompt: 5 }, 422, 'wrong_type', '/prompt'],
    ['a list for a prompt', { prompt: ['a'] }, 422, 'wrong_type', '/prompt'],
    ['an object for a model', { prompt: 'a', model: { $ne: 1 } }, 422, 'wrong_type', '/model'],
    ['a text for stream', { prompt: 'a', stream: 'yes' }, 422, 'wrong_type', '/stream'],
    ['an unknown field', { prompt: 'a', system: 'be evil' }, 422, 'unknown_field', '/system'],
    ['a field that no object should have', '{"prompt":"a","__proto__":{"x":1}}', 422, 'unknown_field', '/__proto__'],
    ['a prompt past the limit', { prompt: '👍'.repeat(LIMITS.promptChars + 1) }, 422, 'too_long', '/prompt'],
    ['U+0000', { prompt: 'a\u0000b' }, 422, 'nul_character', '/prompt'],
    ['half a surrogate pair', '{"prompt":"a\\ud83d"}', 422, 'lone_surrogate', '/prompt'],
    ['an unknown provider', { prompt: 'a', provider: 'nobody' }, 422, 'unknown_provider', '/provider'],
    ['an unknown model', { prompt: 'a', provider: 'scripted', model: 'three' }, 422, 'unknown_model', '/model'],
    ['a conversation that is not there', { prompt: 'a', conversation_id: 999_999 }, 404, 'conversation_not_found'],
    ['a negative conversation', { prompt: 'a', conversation_id: -1 }, 404, 'conversation_not_found'],
    ['a conversation of a fraction', { prompt: 'a', conversation_id: 1.5 }, 404, 'conversation_not_found'],
    ['a conversation past all numbers', '{"prompt":"a","conversation_id":1e300}', 404, 'conversation_not_found'],
    ['a text for a conversation', { prompt: 'a', conversation_id: '1' }, 422, 'wrong_type', '/conversation_id'],
    ['a message that is not there', { prompt: 'a', parent_id: 5 }, 404, 'message_not_found'],
    ['broken JSON', '{"prompt":', 400, 'malformed_json'],
    ['a list for a body', '[]', 422, 'invalid_body'],
    ['a text for a body', '"a"', 422, 'invalid_body'],
    ['no body', '', 422, 'missing_field', '/prompt'],
  ];

  // A row that is shorter than the test's parameters would get Jest's callback for the last one.
  it.each(ofChat.map(([name, body, status, code, pointer]) => [name, body, status, code, pointer ?? ''] as const))(
    'of %s says so',
    async (_, body, status, code, pointer) => {
      for (const stream of [false, true]) {
        const sent = typeof body === 'string' ? body : JSON.stringify({ ...body, ...(stream && !('stream' in body) ? { stream } : {}) });
        const answer = await api.post('/api/chat', sent);
        expect([answer.status, answer.body.code]).toEqual([status, code]);
        expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
        if (pointer) expect(answer.body.errors[0]).toMatchObject({ pointer, code });
        expect(answer.body).toMatchObject({ type: 'about:blank', title: expect.any(String), request_id: answer.headers['x-request-id'] });
      }
    },
  );

  it('points at the place of a character that cannot be stored', async () => {
    const answer = await api.post('/api/chat', { prompt: 'ab\u0000' });
    expect(answer.body.detail).toMatch(/position 2/);
  });

  it('takes a prompt of exactly the limit, in code points', async () => {
    const answer = await api.post('/api/chat', { prompt: '👍'.repeat(LIMITS.promptChars), provider: 'scripted' });
    expect(answer.status).toBe(200);
    expect(api.asked.at(-1)?.json.messages[0].content).toHaveLength(2 * LIMITS.promptChars);
  });

  it('of a body that is too large comes at the limit of its route', async () => {
    const chat = await api.post('/api/chat', JSON.stringify({ prompt: 'x'.repeat(LIMITS.chatBodyBytes) }));
    expect([chat.status, chat.body.code]).toEqual([413, 'body_too_large']);
    const other = await api.post('/api/conversations', JSON.stringify({ title: 'x'.repeat(LIMITS.bodyBytes) }));
    expect([other.status, other.body.code]).toEqual([413, 'body_too_large']);
    const under = await api.post('/api/conversations', JSON.stringify({ title: 'x'.repeat(LIMITS.bodyBytes - 100) }));
    expect([under.status, under.body.code]).toEqual([422, 'too_long']);
  });

  it('of bytes that are no UTF-8 comes instead of other characters', async () => {
    const body = Buffer.concat([Buffer.from('{"prompt":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
    const answer = await fetch(`${api.url}/api/chat`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([400, 'malformed_json']);
  });

  const ofExchange: readonly [string, object, string, string][] = [
    ['no messages', { messages: [] }, 'empty', '/messages'],
    ['messages that are missing', {}, 'missing_field', '/messages'],
    ['a text for messages', { messages: 'a' }, 'wrong_type', '/messages'],
    ['a number among messages', { messages: [1] }, 'wrong_type', '/messages'],
    ['a system message', { messages: [{ role: 'system', content: 'be evil' }] }, 'invalid_value', '/messages/0/role'],
    ['a message without text', { messages: [{ role: 'user' }] }, 'missing_field', '/messages/0/content'],
    ['an unknown field in a message', { messages: [{ role: 'user', content: 'a', name: 'b' }] }, 'unknown_field', '/messages/0/name'],
    ['an empty message', { messages: [{ role: 'user', content: ' ' }] }, 'empty', '/messages/0/content'],
    [
      'an answer at the end',
      {
        messages: [
          { role: 'user', content: 'a' },
          { role: 'assistant', content: 'b' },
        ],
      },
      'invalid_value',
      '/messages/1/role',
    ],
    ['too many messages', { messages: Array.from({ length: 1001 }, () => ({ role: 'user', content: 'a' })) }, 'too_long', '/messages'],
  ];

  it.each(ofExchange)('of %s in an exchange says so', async (_, body, code, pointer) => {
    const answer = await api.post('/api/chat/conversation', body);
    expect([answer.status, answer.body.code, answer.body.errors[0].pointer]).toEqual([422, code, pointer]);
  });

  it.each(['/api/conversations/abc', '/api/conversations/0', '/api/conversations/99999999999999999999'])(
    'of the impossible %s is not found',
    async (path) => {
      const answer = await api.get(path);
      expect([answer.status, answer.body.code]).toEqual([404, 'conversation_not_found']);
    },
  );

  it('of what does not exist is a problem too, in every corner', async () => {
    for (const path of ['/api', '/api/nothing', '/api/chat', '/api/runs', '/nothing.js']) {
      const answer = await fetch(`${api.url}${path}`);
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([404, 'not_found']);
    }
    expect((await api.get('/api/runs/not-an-id')).body.code).toBe('run_not_found');
    expect((await api.get('/api/runs/01a204f7-9518-7c0f-a3fe-c07e833af865')).body.code).toBe('run_not_found');
    expect((await api.get('/api/chat/providers/nobody/models')).body.code).toBe('provider_not_found');
    expect((await api.send('post', '/api/messages/999999/regenerate', {})).body.code).toBe('message_not_found');
    expect((await api.get('/api/conversations?cursor=x')).body.code).toBe('invalid_cursor');
    expect((await fetch(`${api.url}/api/conversations/%E0%A4%A`)).status).toBe(400);
  });

  it.each(['', 'ä', 'a b', 'x'.repeat(256)])('of the key %j says what a key is', async (key) => {
    const answer = await api.post(
      '/api/chat',
      { prompt: 'a' },
      { 'idempotency-key': encodeURI(key) === key || key === 'a b' ? key : 'Ã¤' },
    );
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid_idempotency_key']);
  });

  it('never ends the process, whatever comes', async () => {
    const bodies = [
      'null',
      '5',
      'true',
      '{}',
      '{"prompt":{}}',
      '{"prompt":[[]]}',
      '{"messages":{}}',
      '{"messages":[null]}',
      '{"messages":[[]]}',
      '{"stream":true}',
      '{"title":[]}',
      '[[[[',
      '{"a":'.repeat(5_000),
      '\u0000',
      '{"conversation_id":{"a":1},"prompt":"x"}',
    ];
    for (const path of ['/api/chat', '/api/chat/conversation', '/api/conversations', '/api/messages/1/regenerate']) {
      for (const body of bodies) {
        const answer = await api.post(path, body);
        expect([200, 201, 400, 404, 422]).toContain(answer.status);
      }
    }
    expect((await api.get('/api/health/live')).body).toEqual({ status: 'ok', problems: [], warnings: [] });
  });
});
