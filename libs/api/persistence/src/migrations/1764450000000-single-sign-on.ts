import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Who comes in through an identity provider, and which sessions came that way. */
export class SingleSignOn1764450000000 implements MigrationInterface {
  readonly name = 'SingleSignOn1764450000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table identity (
        issuer text not null,
        subject text not null,
        user_id uuid not null references app_user on delete cascade,
        created_at timestamptz(3) not null default now(),
        primary key (issuer, subject)
      );
      create index identity_of_user on identity (user_id);

      -- The session's name at the identity provider, which it gives when it ends it.
      alter table session add column sso_issuer text, add column sso_session text;
      create index session_by_sso on session (sso_issuer, sso_session) where sso_issuer is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table session drop column sso_issuer, drop column sso_session; drop table identity');
  }
}
