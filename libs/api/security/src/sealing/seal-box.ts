import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type MasterKey } from './master-key';

/** Where a sealed text is kept. It opens there and nowhere else: rows and columns cannot be swapped in the database. */
export interface SealPlace {
  readonly table: string;
  readonly id: string;
  readonly column: string;
}

/** A sealed text that cannot be opened: it needs another key, was moved or was changed. */
export class UnsealError extends Error {
  override readonly name = 'UnsealError';
}

const CIPHER = 'aes-256-gcm';
const VERSION = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals texts with AES-256-GCM. Each has a key of its own, which is sealed by the master key, so that a new master key means little work and
 * no two texts share a key. The form is `v1.<id of the master key>.<sealed key>.<sealed text>`.
 */
export class SealBox {
  readonly #keys: ReadonlyMap<string, MasterKey>;

  /** Seals with `current`; opens also what `previous` ones sealed. */
  constructor(
    private readonly current: MasterKey,
    previous: readonly MasterKey[] = [],
  ) {
    this.#keys = new Map([...previous, current].map((key) => [key.id, key]));
  }

  seal(text: string, place: SealPlace): string {
    const key = randomBytes(32);
    const bound = boundTo(place);
    const { id, bytes } = this.current;
    return [VERSION, id, encrypt(key, bytes, bound), encrypt(Buffer.from(text, 'utf8'), key, bound)].join('.');
  }

  /** Throws `UnsealError`. */
  open(sealed: string, place: SealPlace): string {
    const [version, id = '', key = '', text = '', ...rest] = sealed.split('.');
    if (version !== VERSION || rest.length > 0) throw new UnsealError('This is not a sealed text.');
    const master = this.#keys.get(id);
    if (!master) throw new UnsealError(`The master key ${id} is needed, and ${this.current.id} was given.`);
    const bound = boundTo(place);
    return decrypt(text, decrypt(key, master.bytes, bound), bound).toString('utf8');
  }

  /** Whether the current key sealed it; if not, it shall be sealed anew. */
  isCurrent(sealed: string): boolean {
    return sealed.startsWith(`${VERSION}.${this.current.id}.`);
  }
}

function boundTo({ table, id, column }: SealPlace): Buffer {
  return Buffer.from(`${table}|${id}|${column}`, 'utf8');
}

function encrypt(plain: Buffer, key: Buffer, bound: Buffer): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(bound);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

function decrypt(sealed: string, key: Buffer, bound: Buffer): Buffer {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < NONCE_BYTES + TAG_BYTES) throw new UnsealError('This sealed text is not whole.');
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES)).setAAD(bound);
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch (error) {
    // The tag does not fit: another place, another key or changed bytes. Which of them cannot be told apart.
    throw new UnsealError('This sealed text was changed or moved.', { cause: error });
  }
}
