import { fallbacksOf, matches, rowsOf } from './fallback-rows';

describe('the rules of who stands in', () => {
  it('are rows and become rules again', () => {
    const fallbacks = { 'openai/*': ['lab/small', 'lab/large'], 'lab/small': ['openai/one'] };
    expect(fallbacksOf(rowsOf({ default_model: null, fallbacks, user_models: null }))).toEqual(fallbacks);
  });

  it('leave out what is not written, and join what is for the same models', () => {
    expect(
      fallbacksOf([
        { model: ' a/* ', chain: ['', ' b/one '] },
        { model: '', chain: [''] },
        { model: 'a/*', chain: ['b/one', 'b/two'] },
      ]),
    ).toEqual({ 'a/*': ['b/one', 'b/two'] });
  });

  it('keep a row that is written by half, for the server to say what is missing', () => {
    expect(fallbacksOf([{ model: 'a/*', chain: [''] }])).toEqual({ 'a/*': [] });
    expect(fallbacksOf([{ model: '', chain: ['b/one'] }])).toEqual({ '': ['b/one'] });
  });
});

describe('matches', () => {
  it.each([
    ['openai/*', 'openai/gpt-4.1', true],
    ['*mini*', 'openai/gpt-mini-1', true],
    ['openai/gpt-4.1', 'openai/gpt-4x1', false],
    ['OpenAI/*', 'openai/one', false],
    ['a(b', 'a(b', true],
  ])('%s means %s: %s', (pattern, name, is) => expect(matches(pattern, name)).toBe(is));
});
