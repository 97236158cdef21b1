import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Passwords, second factors, sessions, API keys, one-time links, and the counters of limits. Tokens and codes are kept as hashes only. */
export class Accounts1764350000000 implements MigrationInterface {
  readonly name = 'Accounts1764350000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- totp_secret and totp_pending are sealed. totp_step is the time step that was used last: each counts once.
      alter table app_user
        add column password_hash text,
        add column totp_secret text,
        add column totp_pending text,
        add column totp_step bigint,
        add column last_seen_at timestamptz(3);

      create table session (
        id uuid primary key default gen_random_uuid(),
        user_id uuid not null references app_user on delete cascade,
        token_hash bytea not null unique,
        ip text,
        client text not null,
        created_at timestamptz(3) not null default now(),
        last_used_at timestamptz(3) not null default now(),
        expires_at timestamptz(3) not null
      );
      create index session_of_user on session (user_id);

      create table api_key (
        id text primary key,
        user_id uuid not null references app_user on delete cascade,
        name text not null,
        scopes text[] not null,
        key_hash bytea not null,
        created_at timestamptz(3) not null default now(),
        last_used_at timestamptz(3),
        expires_at timestamptz(3) not null
      );
      create index api_key_of_user on api_key (user_id);

      create table recovery_code (
        user_id uuid not null references app_user on delete cascade,
        code_hash bytea not null,
        primary key (user_id, code_hash)
      );

      create table one_time_link (
        id uuid primary key default gen_random_uuid(),
        kind text not null check (kind in ('setup', 'invitation', 'reset')),
        token_hash bytea not null unique,
        email text,
        role text check (role in ('user', 'administrator')),
        user_id uuid references app_user on delete cascade,
        created_by uuid references app_user on delete cascade,
        created_at timestamptz(3) not null default now(),
        expires_at timestamptz(3) not null
      );
      create index one_time_link_of_user on one_time_link (user_id);
      create index one_time_link_by_maker on one_time_link (created_by);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table one_time_link, recovery_code, api_key, session;
      alter table app_user drop column password_hash, drop column totp_secret, drop column totp_pending, drop column totp_step,
        drop column last_seen_at;
    `);
  }
}
