import { readRules } from './rules';

describe('the rules for models', () => {
  it('allow everything and name nothing where none were set', () => {
    expect(readRules(undefined)).toEqual({ default_model: null, fallbacks: {}, user_models: null });
  });

  it('of an earlier version get what they did not know', () => {
    expect(readRules({ fallbacks: { a: ['b/c'] }, user_models: ['a/*'] })).toEqual({
      default_model: null,
      fallbacks: { a: ['b/c'] },
      user_models: ['a/*'],
    });
  });
});
