import { type RateLimit, RateLimits, type RateStanding } from '@echo/api-persistence';
import { Refusal } from '@echo/api-security';
import { Injectable } from '@nestjs/common';
import { networkOf } from './network';

/** Failed sign-ins for one account from one address, and from one address altogether. */
const PAIR: RateLimit = { name: 'sign-in', points: 5, seconds: 15 * 60 };
const ADDRESS: RateLimit = { name: 'sign-in-address', points: 50, seconds: 3_600 };
/** Wrong passwords and codes of somebody who is known already, wherever they are. */
const PROOF: RateLimit = { name: 'proof', points: 5, seconds: 15 * 60 };

/** An attempt that is counted as a failure until it is found to be none. */
export interface Attempt {
  /** It was right: nothing is left of those before it. */
  succeed(): Promise<void>;
  /** Neither right nor wrong: it does not count. */
  withdraw(): Promise<void>;
}

/** Counts what fails. Attempts are counted before they are looked at, so that of many at once no more are looked at than are allowed. */
@Injectable()
export class AttemptLimits {
  constructor(private readonly limits: RateLimits) {}

  /** Throws `Refusal` when too many failed before. */
  async signIn(email: string, ip: string | null): Promise<Attempt> {
    const address = await this.fromAddress(ip);
    const pair = `${email} ${networkOf(ip)}`;
    const standing = await this.limits.consume(PAIR, pair);
    if (!standing.isWithin) {
      await address.withdraw();
      throw tooMany(standing);
    }
    return {
      succeed: async () => {
        await this.limits.forget(PAIR, pair);
        await address.withdraw();
      },
      withdraw: async () => {
        await this.limits.giveBack(PAIR, pair);
        await address.withdraw();
      },
    };
  }

  /** Anything that somebody does before they are known. */
  async fromAddress(ip: string | null): Promise<Attempt> {
    const network = networkOf(ip);
    const standing = await this.limits.consume(ADDRESS, network);
    if (!standing.isWithin) throw tooMany(standing);
    const withdraw = () => this.limits.giveBack(ADDRESS, network);
    return { succeed: withdraw, withdraw };
  }

  /** A password or a code of somebody who is known. */
  async proof(kind: 'password' | 'code', userId: string): Promise<Attempt> {
    const key = `${kind} ${userId}`;
    const standing = await this.limits.consume(PROOF, key);
    if (!standing.isWithin) throw tooMany(standing);
    return { succeed: () => this.limits.forget(PROOF, key), withdraw: () => this.limits.giveBack(PROOF, key) };
  }
}

function tooMany({ resetSeconds }: RateStanding): Refusal {
  const minutes = Math.ceil(resetSeconds / 60);
  const wait = minutes === 1 ? 'a minute' : `${minutes} minutes`;
  return new Refusal('rate_limited', `Too many attempts failed. Try again in ${wait}.`, {}, Math.max(1, resetSeconds));
}
