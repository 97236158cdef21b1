import { timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { hashOf } from './opaque-token';
import { randomBase62, toBase62 } from './random-text';

const PREFIX = 'echo_live_';
const KEY = /^echo_live_([0-9A-Za-z]{8})_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/;

export interface NewApiKey {
  /** The whole key, to be shown once. */
  readonly key: string;
  readonly id: string;
  readonly hash: Buffer;
}

/** `echo_live_<id>_<secret><crc>`: scanners for leaked secrets know it, a double click takes all of it, and a mistyped one is told without a question to the database. */
export function newApiKey(): NewApiKey {
  const id = randomBase62(8);
  const body = `${PREFIX}${id}_${randomBase62(43)}`;
  const key = `${body}${checksumOf(body)}`;
  return { key, id, hash: hashOf(key) };
}

/** The id and the hash of a key; undefined where the text is none of ours. */
export function readApiKey(text: string): { readonly id: string; readonly hash: Buffer } | undefined {
  const [, id, , checksum] = KEY.exec(text) ?? [];
  if (id === undefined || checksumOf(text.slice(0, -6)) !== checksum) return undefined;
  return { id, hash: hashOf(text) };
}

/** What a key begins with, for its owner to know it again. */
export function prefixOf(id: string): string {
  return `${PREFIX}${id}`;
}

/** In the same time wherever they differ. */
export function isSameHash(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

function checksumOf(body: string): string {
  return toBase62(crc32(body), 6);
}
