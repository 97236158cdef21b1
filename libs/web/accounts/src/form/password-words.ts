import { countChars, LIMITS } from '@echo/contract';

/** From so many characters on a password is long enough whatever it is made of. */
const LONG = 20;
/** Fewer different characters than this make any length easy to guess. */
const FEW = 6;

/** What is to be said of a password that is being chosen. Only the server refuses one. */
export function passwordWords(password: string): string {
  const length = countChars(password);
  const missing = LIMITS.passwordMinChars - length;
  if (length === 0)
    return `At least ${LIMITS.passwordMinChars} characters. Four or five random words are easy to remember and hard to guess.`;
  if (missing > 0) return missing === 1 ? 'One more character is needed.' : `${missing} more characters are needed.`;
  if (length > LIMITS.passwordMaxChars)
    return `At most ${LIMITS.passwordMaxChars} characters: ${length - LIMITS.passwordMaxChars} too many.`;
  if (new Set(password.toLowerCase()).size < FEW) return 'Easy to guess: it repeats few characters.';
  return length >= LONG ? 'Long and strong.' : 'Long enough. Longer is stronger.';
}
