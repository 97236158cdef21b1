import { fallbackChain } from './fallback-chain';

describe('the fallbacks of a model', () => {
  const runtime = { 'openai/gpt-4o': ['anthropic/claude', 'openai/gpt-4o'], 'lab/*': ['openai/gpt-4o'] };
  const environment = { 'openai/gpt-4o': ['other/model'], '*': ['guide/guide'] };

  it('are those of its name, without itself', () =>
    expect(fallbackChain('openai/gpt-4o', [runtime, environment])).toEqual(['anthropic/claude']));
  it('are else those of a pattern', () => expect(fallbackChain('lab/small', [runtime, environment])).toEqual(['openai/gpt-4o']));
  it('are else those of the environment', () => expect(fallbackChain('x/y', [runtime, environment])).toEqual(['guide/guide']));
  it('are none where nobody set any', () => expect(fallbackChain('x/y', [runtime])).toEqual([]));
});
