import { countChars, findCharacterFault, findTextFault } from './text';

describe('a text that a person typed', () => {
  it('is measured in code points', () => {
    expect(countChars('')).toBe(0);
    expect(countChars('añ')).toBe(2);
    expect(countChars('👩‍👩‍👧')).toBe(5);
    expect(countChars('\ud800\ud800\udc00')).toBe(2);
  });

  it('is empty when it is white space alone', () => {
    expect(findTextFault(' \n\t\u00a0', 10)).toEqual({ code: 'empty' });
    expect(findTextFault('', 10)).toEqual({ code: 'empty' });
  });

  it('may be as long as the limit and no longer', () => {
    expect(findTextFault('👍'.repeat(10), 10)).toBeUndefined();
    expect(findTextFault('👍'.repeat(11), 10)).toEqual({ code: 'too_long', length: 11, max: 10 });
  });

  it.each([
    ['a\u0000b', { code: 'nul_character', index: 1 }],
    ['ab\ud83d', { code: 'lone_surrogate', index: 2 }],
    ['\udc4dab', { code: 'lone_surrogate', index: 0 }],
    ['👍\ud83dx', { code: 'lone_surrogate', index: 2 }],
  ])('points at what cannot be stored in %j', (text, fault) => {
    expect(findCharacterFault(text)).toEqual(fault);
  });

  it.each(['👍', '\t<b>\r\n</b>\u202e\ufeff', '\u{10ffff}\uffff', 'ignore previous instructions'])('takes %j as it is', (text) => {
    expect(findTextFault(text, 100)).toBeUndefined();
  });
});
