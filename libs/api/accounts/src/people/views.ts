import { type ApiKeyRow, type InvitationRow, type SessionRow, type UserRow } from '@echo/api-persistence';
import { prefixOf } from '@echo/api-security';
import { type Account, type ApiKey, type CurrentUser, type Invitation, type User, type UserSession } from '@echo/contract';

export function currentUserOf({ id, email, name, role }: UserRow): CurrentUser {
  return { id, email, name, role };
}

export function accountOf(row: UserRow, recoveryCodesLeft: number): Account {
  return {
    ...currentUserOf(row),
    has_password: row.hasPassword,
    second_factor: row.hasSecondFactor,
    recovery_codes_left: recoveryCodesLeft,
    single_sign_on: row.hasSingleSignOn,
    created_at: row.createdAt.toISOString(),
  };
}

export function userOf(row: UserRow): User {
  return {
    ...currentUserOf(row),
    status: row.status,
    second_factor: row.hasSecondFactor,
    single_sign_on: row.hasSingleSignOn,
    created_at: row.createdAt.toISOString(),
    last_seen_at: row.lastSeenAt?.toISOString() ?? null,
  };
}

export function sessionOf(row: SessionRow, currentId: string | undefined): UserSession {
  return {
    id: row.id,
    current: row.id === currentId,
    created_at: row.createdAt.toISOString(),
    last_used_at: row.lastUsedAt.toISOString(),
    expires_at: row.expiresAt.toISOString(),
    ip: row.ip,
    client: row.client,
  };
}

export function apiKeyOf(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    prefix: prefixOf(row.id),
    scopes: row.scopes,
    created_at: row.createdAt.toISOString(),
    expires_at: row.expiresAt.toISOString(),
    last_used_at: row.lastUsedAt?.toISOString() ?? null,
  };
}

export function invitationOf(row: InvitationRow): Invitation {
  return {
    id: row.id,
    email: row.email,
    role: row.role,
    invited_by: row.invitedBy,
    created_at: row.createdAt.toISOString(),
    expires_at: row.expiresAt.toISOString(),
  };
}
