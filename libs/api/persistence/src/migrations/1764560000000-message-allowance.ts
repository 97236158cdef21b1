import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** How many messages each person, and each key of theirs, has sent in the running minute. */
export class MessageAllowance1764560000000 implements MigrationInterface {
  readonly name = 'MessageAllowance1764560000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Not written to the log of the database: after a crash a minute begins anew.
      create unlogged table message_allowance (
        owner_id uuid not null references app_user on delete cascade,
        bucket text not null,
        used int not null,
        since timestamptz not null,
        primary key (owner_id, bucket)
      ) with (fillfactor = 50);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table message_allowance');
  }
}
