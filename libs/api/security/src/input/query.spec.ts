import { Refusal } from '../refusals/refusal';
import { flagOf, limitOf, searchOf } from './query';

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'accepted';
};

describe('the parameters of a query', () => {
  it('takes limits from 1 to 200', () => {
    expect(limitOf({})).toBe(50);
    expect(limitOf({ limit: '200' })).toBe(200);
    for (const limit of ['0', '201', '-1', '1.5', 'many', ['1', '2']]) expect(codeOf(() => limitOf({ limit }))).toBe('invalid_value');
  });

  it('searches for a text that can be stored', () => {
    expect(searchOf({ q: ' ' })).toBeUndefined();
    expect(searchOf({ q: '100%_\\' })).toBe('100%_\\');
    expect(codeOf(() => searchOf({ q: 'a\u0000' }))).toBe('nul_character');
    expect(codeOf(() => searchOf({ q: 'x'.repeat(201) }))).toBe('too_long');
  });

  it('takes true and false for flags', () => {
    expect([flagOf({}, 'archived'), flagOf({ archived: 'false' }, 'archived'), flagOf({ archived: 'true' }, 'archived')]).toEqual([
      false,
      false,
      true,
    ]);
    expect(codeOf(() => flagOf({ archived: '1' }, 'archived'))).toBe('invalid_value');
  });
});
