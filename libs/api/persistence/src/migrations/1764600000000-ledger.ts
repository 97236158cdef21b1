import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** What each run took and cost, who answered in whose place, and the sums of each conversation. */
export class Ledger1764600000000 implements MigrationInterface {
  readonly name = 'Ledger1764600000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- memory_after: the newest message that did not fit into the model's context any more.
      alter table run
        drop column cost,
        add column cost jsonb,
        add column fallback_reason text,
        add column memory_after bigint;

      -- costs: amount by currency. The row is written anyway when an answer ends: sums kept here cost nothing to read.
      alter table conversation
        add column input_tokens bigint not null default 0,
        add column output_tokens bigint not null default 0,
        add column usage_estimated boolean not null default false,
        add column costs jsonb not null default '{}';

      -- One row for each run that ended. No foreign key: it outlives the conversation, and the account under an id that leads to nobody.
      create table ledger (
        owner_id uuid not null,
        run_id uuid not null,
        at timestamptz(3) not null default now(),
        conversation_id bigint not null,
        asked_provider text not null,
        asked_model text not null,
        provider text not null,
        model text not null,
        outcome text not null check (outcome in ('completed', 'stopped', 'failed', 'interrupted')),
        input_tokens int not null,
        output_tokens int not null,
        cached_tokens int not null,
        reasoning_tokens int not null,
        estimated boolean not null,
        cost numeric,
        currency text,
        primary key (owner_id, run_id)
      );
      -- Rows come in the order of time: a few pages of index for millions of them.
      create index ledger_by_time on ledger using brin (at) with (pages_per_range = 32);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table ledger;
      alter table conversation drop column input_tokens, drop column output_tokens, drop column usage_estimated, drop column costs;
      alter table run drop column memory_after, drop column fallback_reason, drop column cost, add column cost numeric;
    `);
  }
}
