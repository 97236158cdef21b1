import { LIMITS } from '@echo/contract';
import { checkName, Refusal } from '@echo/api-security';

/** No spaces, no control characters, one `@` with something before and behind it. What it is worth only a letter would tell. */
const ADDRESS = /^[^\s\p{C}@]+@[^\s\p{C}@]+$/u;

/** The one spelling under which an address is stored and looked for. */
export function canonicalEmail(typed: string): string {
  return typed.trim().normalize('NFC').toLowerCase();
}

/** The canonical address. Throws `Refusal` where it cannot be one. `pointer`: its field. */
export function checkEmail(typed: string, pointer: string): string {
  const email = canonicalEmail(typed);
  checkName(email, LIMITS.emailChars, pointer);
  if (ADDRESS.test(email)) return email;
  throw Refusal.ofFields([{ pointer, code: 'invalid_value', detail: 'This is no e-mail address. Write it as name@example.org.' }]);
}
