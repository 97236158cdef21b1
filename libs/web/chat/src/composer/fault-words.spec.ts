import { findTextFault } from '@echo/contract';
import { faultWords, withoutFaultyCharacters } from './fault-words';

describe('faultWords', () => {
  it('says by how much a text is too long', () => {
    expect(faultWords({ code: 'too_long', length: 12_400, max: 8_000 }, '')).toBe('12,400 of 8,000 characters: shorten it by 4,400.');
  });

  it('says in which line a character is that cannot be stored', () => {
    const text = 'one\ntwo\nth\u0000ree';
    expect(faultWords({ code: 'nul_character', index: text.indexOf('\u0000') }, text)).toContain('line 3');
  });
});

describe('withoutFaultyCharacters', () => {
  it('takes out what cannot be stored and nothing else', () => {
    const text = 'a\u0000b\ud83dc\udc00d 😀\n\te\u200b';
    expect(withoutFaultyCharacters(text)).toBe('abcd 😀\n\te\u200b');
    expect(findTextFault(withoutFaultyCharacters(text), 100)).toBeUndefined();
  });
});
