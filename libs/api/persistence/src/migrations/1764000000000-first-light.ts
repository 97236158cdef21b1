import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Users, conversations, messages, runs and their events. */
export class FirstLight1764000000000 implements MigrationInterface {
  readonly name = 'FirstLight1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table app_user (
        id uuid primary key,
        email text unique,
        name text not null,
        role text not null check (role in ('user', 'administrator')),
        status text not null default 'active' check (status in ('active', 'disabled')),
        created_at timestamptz(3) not null default now()
      );
      insert into app_user (id, name, role) values ('00000000-0000-7000-8000-000000000001', 'Local user', 'administrator');

      create table replica (
        id uuid primary key,
        process text,
        started_at timestamptz not null default now(),
        lease_until timestamptz not null,
        reaped_at timestamptz
      );

      create table conversation (
        id bigint generated always as identity primary key,
        owner_id uuid not null references app_user on delete cascade,
        title text not null,
        system_prompt text,
        provider text,
        model text,
        temperature real,
        pinned boolean not null default false,
        unread boolean not null default false,
        archived_at timestamptz(3),
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now()
      );
      create index conversation_of_owner on conversation (owner_id, pinned desc, updated_at desc, id desc);

      create table message (
        id bigint generated always as identity primary key,
        conversation_id bigint not null references conversation on delete cascade,
        parent_id bigint references message on delete cascade,
        role text not null check (role in ('user', 'assistant')),
        content text not null default '',
        reasoning text,
        status text not null,
        provider text,
        model text,
        finish_reason text,
        usage jsonb,
        error jsonb,
        created_at timestamptz(3) not null default now()
      );
      create index message_of_conversation on message (conversation_id, id);
      create index message_of_parent on message (parent_id);

      create table run (
        id uuid primary key,
        message_id bigint not null references message on delete cascade,
        conversation_id bigint not null references conversation on delete cascade,
        owner_id uuid not null references app_user on delete cascade,
        replica_id uuid not null,
        status text not null check (status in ('queued', 'connecting', 'streaming', 'completed', 'stopped', 'failed', 'interrupted')),
        provider text not null,
        model text not null,
        used_provider text,
        used_model text,
        last_seq int,
        finish_reason text,
        usage jsonb,
        cost numeric,
        error jsonb,
        stop_requested_at timestamptz(3),
        created_at timestamptz(3) not null default now(),
        first_content_at timestamptz(3),
        finished_at timestamptz(3),
        check ((finished_at is null) = (status in ('queued', 'connecting', 'streaming')))
      );
      create unique index run_one_live_per_conversation on run (conversation_id) where finished_at is null;
      create index run_live_of_replica on run (replica_id) where finished_at is null;
      create index run_of_message on run (message_id);

      -- No foreign key: one lost parent must never fail the group commit of all runs.
      create table run_event (
        run_id uuid not null,
        seq int not null,
        kind text not null,
        body text not null,
        primary key (run_id, seq)
      ) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);

      create table idempotency (
        owner_id uuid not null references app_user on delete cascade,
        key text not null,
        request_hash text not null,
        run_id uuid not null,
        created_at timestamptz(3) not null default now(),
        primary key (owner_id, key)
      );
      create index idempotency_by_age on idempotency (created_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table idempotency, run_event, run, message, conversation, replica, app_user');
  }
}
