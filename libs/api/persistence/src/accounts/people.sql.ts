import { type Role, type UserStatus } from '@echo/contract';

/** The user of the mode without accounts. Nobody can sign in as them: they are no person. */
export const LOCAL_USER_ID = '00000000-0000-7000-8000-000000000001';

/** Held while the number of administrators, or of people at all, may change. */
export const PEOPLE_LOCK = 4_207_002;

export interface UserRow {
  readonly id: string;
  readonly email: string | null;
  readonly name: string;
  readonly role: Role;
  readonly status: UserStatus;
  readonly hasPassword: boolean;
  readonly hasSecondFactor: boolean;
  readonly hasSingleSignOn: boolean;
  readonly createdAt: Date;
  readonly lastSeenAt: Date | null;
}

export const USER_COLUMNS = `
  u.id, u.email, u.name, u.role, u.status, u.password_hash is not null as "hasPassword", u.totp_secret is not null as "hasSecondFactor",
  exists (select 1 from identity where user_id = u.id) as "hasSingleSignOn",  u.created_at as "createdAt", u.last_seen_at as "lastSeenAt"`;

/** What is true of everybody but the local user. */
export const IS_PERSON = `u.id <> '${LOCAL_USER_ID}'`;
