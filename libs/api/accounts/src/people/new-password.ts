import { checkCharacters, checkPassword } from '@echo/api-security';

/** Refuses a password that nobody could type again, or that others would guess. `about`: address and name of whoever chooses it. */
export async function checkNewPassword(password: string, about: readonly string[], pointer: string): Promise<void> {
  checkCharacters(password, pointer);
  await checkPassword(password, about, pointer);
}
