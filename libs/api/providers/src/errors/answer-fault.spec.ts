import { answerFault, logExcerpt } from './answer-fault';

describe('logExcerpt', () => {
  it.each([
    ['Bad key my-secret-value!', 'Bad key ***!'],
    ['Incorrect API key provided: sk-proj-abc***xyz.', 'Incorrect API key provided: ***'],
    ['Authorization: Bearer abcdef0123', 'Authorization: ***'],
    ['line\r\nbreak\u0000 \u202Eand\u2028 more', 'line break and more'],
    ['x'.repeat(500), 'x'.repeat(200)],
  ])('makes %j safe for a log', (text, expected) => {
    expect(logExcerpt(text, ['my-secret-value'])).toBe(expected);
  });
});

describe('answerFault', () => {
  it('logs the codes of a refusal, without the sentences, which may quote what somebody wrote, and without keys', () => {
    const error = { message: 'No such: my prompt', code: 'invalid_api_key', type: 'sk-my-secret-value', status: 'a sentence of three' };
    expect(answerFault('Test AI', 401, { error }, ['my-secret-value']).logDetail).toBe('invalid_api_key sk-***');
    expect(answerFault('Test AI', 401, { error }, []).logDetail).not.toContain('prompt');
    expect(answerFault('Test AI', 500, { error: 'my prompt' }, []).logDetail).toBeUndefined();
  });
});
