import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** What the prompt guard found in messages, and what becomes of template tokens on their way to a provider. */
export class PromptFindings1764550000000 implements MigrationInterface {
  readonly name = 'PromptFindings1764550000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table message add column findings jsonb;
      alter table provider add column template_tokens text not null default 'as_typed' check (template_tokens in ('as_typed', 'escape'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table provider drop column template_tokens; alter table message drop column findings');
  }
}
