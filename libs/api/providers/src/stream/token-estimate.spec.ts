import { estimateTokens, estimateUsage } from './token-estimate';

it('guesses a token for every four bytes', () => {
  expect([estimateTokens(''), estimateTokens('a'), estimateTokens('abcde'), estimateTokens('日本')]).toEqual([0, 1, 2, 2]);
});

it('says that the figures are a guess', () => {
  const messages = [
    { role: 'system' as const, content: 'abcd' },
    { role: 'user' as const, content: 'ab' },
  ];
  expect(estimateUsage(messages, 'abcdefgh')).toEqual({ input_tokens: 2, output_tokens: 2, estimated: true });
});
