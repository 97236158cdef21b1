import { type Role } from '@echo/contract';
import { Injectable } from '@nestjs/common';
import { Database } from '../database';

export interface NewLink {
  readonly kind: 'setup' | 'invitation' | 'reset';
  readonly tokenHash: Buffer;
  /** Seconds for which it works. */
  readonly seconds: number;
  /** The address that an invitation is bound to. */
  readonly email?: string | null;
  readonly role?: Role;
  /** Whose password it resets. */
  readonly userId?: string;
  readonly createdBy?: string;
}

export interface InvitationRow {
  readonly id: string;
  readonly email: string | null;
  readonly role: Role;
  readonly invitedBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

const INVITATION = `
  l.id, l.email, l.role, coalesce(u.name, '') as "invitedBy", l.created_at as "createdAt", l.expires_at as "expiresAt"
  from one_time_link l left join app_user u on u.id = l.created_by where l.kind = 'invitation' and l.expires_at > now()`;

/** Links that work once: for setting up, for invitations, and for passwords that were forgotten. */
@Injectable()
export class OneTimeLinkStore {
  constructor(private readonly database: Database) {}

  async create(link: NewLink): Promise<{ readonly id: string; readonly expiresAt: Date }> {
    const rows = await this.database.query<{ id: string; expiresAt: Date }>(
      `insert into one_time_link (kind, token_hash, expires_at, email, role, user_id, created_by)
       values ($1, $2, now() + make_interval(secs => $3), $4, $5, $6, $7) returning id, expires_at as "expiresAt"`,
      [link.kind, link.tokenHash, link.seconds, link.email ?? null, link.role ?? null, link.userId ?? null, link.createdBy ?? null],
    );
    return rows[0] as { id: string; expiresAt: Date };
  }

  /** Whether a link still works. */
  async isGood(kind: NewLink['kind'], tokenHash: Buffer): Promise<boolean> {
    const rows = await this.database.query('select 1 from one_time_link where kind = $1 and token_hash = $2 and expires_at > now()', [
      kind,
      tokenHash,
    ]);
    return rows.length > 0;
  }

  /** Invitations that still work, newest first. */
  async invitations(): Promise<InvitationRow[]> {
    return this.database.query<InvitationRow>(`select ${INVITATION} order by l.created_at desc, l.id`);
  }

  /** The invitation that a token opens; undefined when it does not work any more. */
  async invitation(tokenHash: Buffer): Promise<InvitationRow | undefined> {
    const rows = await this.database.query<InvitationRow>(`select ${INVITATION} and l.token_hash = $1`, [tokenHash]);
    return rows[0];
  }

  /** Whose password a token resets; undefined when it does not work any more. */
  async resetOf(tokenHash: Buffer): Promise<{ readonly userId: string; readonly email: string | null; readonly name: string } | undefined> {
    const rows = await this.database.query<{ userId: string; email: string | null; name: string }>(
      `select u.id as "userId", u.email, u.name from one_time_link l join app_user u on u.id = l.user_id
       where l.kind = 'reset' and l.token_hash = $1 and l.expires_at > now()`,
      [tokenHash],
    );
    return rows[0];
  }

  /** Returns false when there was none. */
  async deleteInvitation(id: string): Promise<boolean> {
    const rows = await this.database.query(
      `with gone as (delete from one_time_link where id = $1 and kind = 'invitation' returning id) select id from gone`,
      [id],
    );
    return rows.length > 0;
  }
}
