import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Providers that administrators add at run time, settings that they change, and the canary of the key that seals secrets. */
export class Providers1764200000000 implements MigrationInterface {
  readonly name = 'Providers1764200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table seal_canary (
        id int primary key check (id = 1),
        sealed text not null
      );

      -- api_key, headers and query are sealed: in a dump they say nothing.
      create table provider (
        id text primary key,
        name text not null,
        wire text not null,
        base_url text not null,
        api_key text,
        key_hint text,
        headers text,
        query text,
        models text[],
        default_model text,
        continues boolean,
        allow_private boolean not null default false,
        enabled boolean not null default true,
        connect_timeout int,
        first_content_timeout int,
        idle_timeout int,
        total_timeout int,
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now()
      );

      create table setting (
        name text primary key,
        value jsonb not null,
        updated_at timestamptz(3) not null default now()
      );

      -- Grows with every change of the two tables above, so that a replica which missed the notice sees it at its next look.
      create table settings_version (
        id int primary key check (id = 1),
        version bigint not null
      );
      insert into settings_version (id, version) values (1, 0);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table settings_version, setting, provider, seal_canary');
  }
}
