import { type CurrentUser, type Role, type UserStatus } from './accounts';

/** `GET /api/admin/users` (`q`, `cursor`, `limit`), `GET PATCH DELETE /api/admin/users/:id` */
export interface User extends CurrentUser {
  readonly status: UserStatus;
  readonly second_factor: boolean;
  readonly single_sign_on: boolean;
  readonly created_at: string;
  readonly last_seen_at: string | null;
}

/** `PATCH /api/admin/users/:id`. The last active administrator stays one (409 `last_administrator`). */
export interface UpdateUserRequest {
  readonly name?: string;
  readonly role?: Role;
  readonly status?: UserStatus;
}

/** `POST /api/admin/users/:id/password-reset` and `POST /api/admin/invitations`: a link that works once and is shown once. */
export interface OneTimeLink {
  readonly url: string;
  readonly expires_at: string;
}

/** `GET /api/admin/invitations`, `DELETE /api/admin/invitations/:id` */
export interface Invitation {
  readonly id: string;
  readonly email: string | null;
  readonly role: Role;
  readonly invited_by: string;
  readonly created_at: string;
  readonly expires_at: string;
}

export interface InvitationList {
  readonly invitations: readonly Invitation[];
}

/** `POST /api/admin/invitations`; answers `OneTimeLink`. */
export interface CreateInvitationRequest {
  readonly email?: string;
  readonly role: Role;
  /** 1 to 30; 7 unless given. */
  readonly expires_in_days?: number;
}

/** `GET /api/admin/audit` (`actor`, `action`, `from`, `to`, `cursor`, `limit`), newest first; `GET /api/admin/audit/export` gives all as JSON lines. Never content. */
export interface AuditEntry {
  readonly id: number;
  readonly at: string;
  /** Null for the server itself and for nobody known. */
  readonly actor_id: string | null;
  readonly actor_name: string | null;
  /** `session.create`, `key.revoke`, `provider.change` … */
  readonly action: string;
  /** What it was done to: `user:<id>`, `provider:<id>`; null where there is nothing. */
  readonly target: string | null;
  readonly result: 'ok' | 'refused';
  /** Why it was refused, or what changed, without secrets: `role user → administrator`. */
  readonly detail: string | null;
  readonly ip: string | null;
  /** Which way they came in. */
  readonly via: 'session' | 'key' | 'none';
  readonly request_id: string | null;
}
