import { createHash, hkdfSync } from 'node:crypto';

/** What seals secrets: 32 bytes, and a name by which a sealed text says which key it needs. */
export interface MasterKey {
  readonly id: string;
  readonly bytes: Buffer;
}

/** Characters that a key must have at least: 32 of base64 are 192 bits. */
const MIN_CHARS = 32;
/** A random text of 32 characters has more different ones than this. */
const MIN_DISTINCT = 10;
/** Words of keys that were copied from a page of documentation. */
const EXAMPLES = /change[-_ ]?me|example|placeholder|your[-_ ]|secret[-_ ]?key|master[-_ ]?key|password|0123456789|abcdefgh|12345678/i;

/** Why a text is no master key; undefined where it is one. Never repeats the text. */
export function masterKeyFault(text: string): string | undefined {
  if (text.length < MIN_CHARS) return `must have at least ${MIN_CHARS} characters; make one with: openssl rand -base64 32`;
  if (new Set(text).size < MIN_DISTINCT || EXAMPLES.test(text))
    return 'looks like an example and not like a random key; make one with: openssl rand -base64 32';
  return undefined;
}

/** The key that a text stands for. The text itself must be one that `masterKeyFault` has nothing against. */
export function masterKeyOf(text: string): MasterKey {
  const bytes = Buffer.from(hkdfSync('sha256', text, 'echov2', 'master key', 32));
  return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 8), bytes };
}
