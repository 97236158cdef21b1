import { matchesPattern } from './model-pattern';

describe('a pattern of model names', () => {
  it.each([
    ['openai/gpt-4o', 'openai/gpt-4o'],
    ['openai/*', 'openai/gpt-4o'],
    ['*', 'anything/at-all'],
    ['*/llama*', 'ollama/llama3:8b'],
    ['*mini*', 'openai/gpt-4o-mini'],
    ['a*b*c', 'a-b-b-c'],
    ['a*a', 'aa'],
  ])('%s fits %s', (pattern, name) => expect(matchesPattern(pattern, name)).toBe(true));

  it.each([
    ['openai/*', 'openai2/gpt-4o'],
    ['openai/gpt-4o', 'openai/gpt-4o-mini'],
    ['*/llama*', 'llama'],
    ['a*a', 'a'],
    ['a*b*c', 'a-c-b'],
    ['', 'x'],
    ['OPENAI/*', 'openai/x'],
    ['openai/.*', 'openai/x'],
  ])('%s does not fit %s', (pattern, name) => expect(matchesPattern(pattern, name)).toBe(false));
});
