import { passwordWords } from './password-words';

describe('passwordWords', () => {
  it.each([
    ['', 'At least 12 characters. Four or five random words are easy to remember and hard to guess.'],
    ['12345', '7 more characters are needed.'],
    ['12345678901', 'One more character is needed.'],
    ['😀'.repeat(11), 'One more character is needed.'],
    ['aaaaaaaaaaaaaa', 'Easy to guess: it repeats few characters.'],
    ['correct hors', 'Long enough. Longer is stronger.'],
    ['correct horse battery staple', 'Long and strong.'],
    ['ab1cd2'.repeat(22), 'At most 128 characters: 4 too many.'],
  ])('says of %j: %s', (password, words) => {
    expect(passwordWords(password)).toBe(words);
  });
});
