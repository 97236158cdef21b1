import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Counters of limits that replicas share. */
export class RateLimits1764500000000 implements MigrationInterface {
  readonly name = 'RateLimits1764500000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Not written to the log of the database: a counter that a crash forgets is worth less than what its writing would cost each time.
      create unlogged table rate_limit (
        key text primary key,
        points integer not null,
        expire bigint
      ) with (fillfactor = 50);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table rate_limit');
  }
}
