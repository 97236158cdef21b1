import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** What happened, who did it and from where. Written once, for good. */
export class Audit1764300000000 implements MigrationInterface {
  readonly name = 'Audit1764300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- No foreign key and no name: when an account is deleted, its id stays as a pseudonym that leads to nobody.
      create table audit (
        id bigint generated always as identity primary key,
        at timestamptz(3) not null default now(),
        actor_id uuid,
        action text not null,
        target text,
        result text not null check (result in ('ok', 'refused')),
        detail text,
        ip text,
        via text not null check (via in ('session', 'key', 'none')),
        request_id text
      );
      create index audit_of_actor on audit (actor_id, id desc);
      create index audit_of_action on audit (action, id desc);
      create index audit_by_time on audit (at);

      create function refuse_audit_change() returns trigger language plpgsql as $$
      begin
        raise exception 'The audit log is append-only.';
      end $$;
      create trigger audit_is_append_only before update or delete on audit for each row execute function refuse_audit_change();
      create trigger audit_is_not_emptied before truncate on audit for each statement execute function refuse_audit_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table audit; drop function refuse_audit_change()');
  }
}
