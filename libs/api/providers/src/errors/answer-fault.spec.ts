import { logExcerpt } from './answer-fault';

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
