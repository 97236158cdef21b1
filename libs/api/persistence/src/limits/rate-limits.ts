import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { Database } from '../database';
import { type RateLimit, type RateStanding } from './rate-limit';

const TABLE = 'rate_limit';

interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * Counts in PostgreSQL, so that replicas share what is allowed; in this process alone while the database is away. Keys are hashed: whose they are is not
 * to be read in the table.
 */
@Injectable()
export class RateLimits {
  private readonly limiters = new Map<string, RateLimiterPostgres>();

  constructor(private readonly database: Database) {}

  /** Uses points up, in one statement: of many at once only as many as are allowed are within the limit. */
  async consume(limit: RateLimit, key: string, points = 1): Promise<RateStanding> {
    try {
      return standingOf(limit, await this.of(limit).consume(hidden(key), points));
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      return { ...standingOf(limit, error), isWithin: false };
    }
  }

  /** What was consumed did not count after all. */
  async giveBack(limit: RateLimit, key: string, points = 1): Promise<void> {
    await this.of(limit).reward(hidden(key), points);
  }

  /** Nothing was used. */
  async forget(limit: RateLimit, key: string): Promise<void> {
    await this.of(limit).delete(hidden(key));
  }

  /** How it stands, without using anything. */
  async look(limit: RateLimit, key: string): Promise<RateStanding> {
    const used = await this.of(limit).get(hidden(key));
    return used === null ? { isWithin: true, remaining: limit.points, resetSeconds: 0 } : standingOf(limit, used);
  }

  /** Forgets counters whose time is over. */
  async tidy(): Promise<void> {
    await this.database.query(`with gone as (delete from ${TABLE} where expire <= $1) select 1`, [Date.now()]);
  }

  private of(limit: RateLimit): RateLimiterPostgres {
    const known = this.limiters.get(limit.name);
    if (known) return known;
    const options = { keyPrefix: limit.name, points: limit.points, duration: limit.seconds };
    const limiter = new RateLimiterPostgres({
      ...options,
      storeClient: { query: (statement: Statement) => this.ask(statement) },
      storeType: 'client',
      tableName: TABLE,
      tableCreated: true,
      clearExpiredByTimeout: false,
      insuranceLimiter: new RateLimiterMemory(options),
    });
    this.limiters.set(limit.name, limiter);
    return limiter;
  }

  private async ask({ text, values }: Statement): Promise<{ rows: unknown[]; rowCount: number }> {
    const rows = await this.database.query(text, values);
    return { rows, rowCount: rows.length };
  }
}

function standingOf({ points }: RateLimit, { consumedPoints, msBeforeNext }: RateLimiterRes): RateStanding {
  return {
    isWithin: consumedPoints <= points,
    remaining: Math.max(0, points - consumedPoints),
    resetSeconds: Math.max(0, Math.ceil(msBeforeNext / 1000)),
  };
}

function hidden(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 22);
}
