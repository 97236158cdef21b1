import { createHash, randomBytes } from 'node:crypto';

/** A text that opens something, and what is stored of it. */
export interface OpaqueToken {
  readonly token: string;
  readonly hash: Buffer;
}

/** 256 random bits. Only the hash is stored: who reads the database cannot come in. */
export function newToken(): OpaqueToken {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: hashOf(token) };
}

/** What is stored of a token. The tokens are long and random, so that a fast hash is enough. */
export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Whether a text can be one of `newToken`. */
export function isToken(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(text);
}
