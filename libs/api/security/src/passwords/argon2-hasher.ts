import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { Refusal } from '../refusals/refusal';
import { PasswordHasher } from './password-hasher';
import { Turnstile, TurnstileFullError } from './turnstile';

export interface Argon2Cost {
  /** KiB of memory. */
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** 64 MiB, three passes: above what OWASP asks for, some 200 ms. */
export const ARGON2_COST: Argon2Cost = { memory: 65_536, passes: 3, parallelism: 1 };
/** More at once would only wait for each other's core, and each takes its memory. */
const AT_ONCE = 2;
const MAX_WAITING = 20;
const SALT_BYTES = 16;
const TAG_BYTES = 32;
const RETRY_SECONDS = 5;
const PHC = /^\$argon2id\$v=19\$m=([0-9]{1,8}),t=([0-9]{1,4}),p=([0-9]{1,3})\$([A-Za-z0-9+/]{1,128})\$([A-Za-z0-9+/]{1,512})$/;

interface Parsed extends Argon2Cost {
  readonly salt: Buffer;
  readonly tag: Buffer;
}

/** Argon2id by Node's own cryptography. */
export class Argon2Hasher extends PasswordHasher {
  private readonly turnstile = new Turnstile(AT_ONCE, MAX_WAITING);
  /** Stands for the password of people who do not exist; no password leads to it. */
  private readonly nobody: Parsed;

  constructor(private readonly cost: Argon2Cost = ARGON2_COST) {
    super();
    this.nobody = { ...cost, salt: randomBytes(SALT_BYTES), tag: randomBytes(TAG_BYTES) };
  }

  async hash(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    const tag = await this.derive(password, { ...this.cost, salt }, TAG_BYTES);
    const { memory, passes, parallelism } = this.cost;
    return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(tag)}`;
  }

  async verify(password: string, stored: string | null): Promise<boolean> {
    const known = stored === null ? undefined : parse(stored);
    const against = known ?? this.nobody;
    const tag = await this.derive(password, against, against.tag.length);
    return timingSafeEqual(tag, against.tag) && known !== undefined;
  }

  isOutdated(stored: string): boolean {
    const known = parse(stored);
    const { memory, passes, parallelism } = this.cost;
    return known?.memory !== memory || known.passes !== passes || known.parallelism !== parallelism;
  }

  private async derive(password: string, { memory, passes, parallelism, salt }: Omit<Parsed, 'tag'>, tagLength: number): Promise<Buffer> {
    try {
      return await this.turnstile.pass(
        () =>
          new Promise<Buffer>((resolve, reject) =>
            argon2('argon2id', { message: password, nonce: salt, parallelism, tagLength, memory, passes }, (error, key) =>
              error ? reject(error) : resolve(key),
            ),
          ),
      );
    } catch (error) {
      if (!(error instanceof TurnstileFullError)) throw error;
      throw new Refusal('overloaded', 'Too many people are signing in at this moment. Try again in a few seconds.', {}, RETRY_SECONDS);
    }
  }
}

function parse(stored: string): Parsed | undefined {
  const match = PHC.exec(stored);
  if (!match) return undefined;
  const [, memory, passes, parallelism, salt = '', tag = ''] = match;
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
}

/** As PHC strings have it: without padding. */
function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
