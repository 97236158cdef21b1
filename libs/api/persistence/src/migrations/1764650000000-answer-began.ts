import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** When a model that thinks first began to answer. Runs of the release before this one have no such time. */
export class AnswerBegan1764650000000 implements MigrationInterface {
  readonly name = 'AnswerBegan1764650000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table run add column answer_began_at timestamptz(3)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table run drop column answer_began_at');
  }
}
