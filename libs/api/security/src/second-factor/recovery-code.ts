import { createHash, randomInt } from 'node:crypto';

/** Crockford's Base32: no letter that looks like a digit. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const COUNT = 10;
/** 80 bits each. */
const LENGTH = 16;

/** Ten codes, each of which stands in for the authenticator once. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: COUNT }, () => {
    const code = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
    return code.replace(/(.{4})(?=.)/g, '$1-');
  });
}

/**
 * What is stored of a code, however it was typed; undefined where it cannot be one. The one place that says which spellings are the same code: a second
 * spelling must not be a second code (CVE-2026-72917).
 */
export function recoveryHashOf(userId: string, typed: string): Buffer | undefined {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  if (code.length !== LENGTH || [...code].some((letter) => !ALPHABET.includes(letter))) return undefined;
  return createHash('sha256').update(`${userId}:${code}`).digest();
}
