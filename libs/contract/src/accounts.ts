export const ROLES = ['user', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

export const USER_STATUSES = ['active', 'disabled'] as const;
export type UserStatus = (typeof USER_STATUSES)[number];

/** What an API key may do. `admin` only works for keys of administrators. */
export const KEY_SCOPES = ['chat:read', 'chat:write', 'models:read', 'usage:read', 'admin'] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

/** Who is signed in, as the page shows them. */
export interface CurrentUser {
  readonly id: string;
  /** Null for the local user, where there are no accounts. */
  readonly email: string | null;
  readonly name: string;
  readonly role: Role;
}

/** `GET /api/auth/session`: what the page needs before it knows who is there. Public. */
export interface SessionState {
  readonly auth: 'none' | 'accounts';
  /** Null: sign in first. */
  readonly user: CurrentUser | null;
  /** Nobody has an account yet: the link in the server's log makes the first administrator. */
  readonly setup_needed: boolean;
  /** Whether anybody may make an account of their own. */
  readonly sign_up: boolean;
  /** Whether e-mail and password are a way in: for the one who is signed in, or where nobody is, for anybody. */
  readonly password_sign_in: boolean;
  /** Single sign-on: what its button says and where it leads; null where there is none. */
  readonly single_sign_on: { readonly name: string; readonly url: string } | null;
  /** Whether the page came over plain HTTP from another machine, so that others on the way can read along. */
  readonly plain_http: boolean;
}

/** `POST /api/auth/setup`, with the token of the link in the server's log. Answers `CurrentUser` and signs in. */
export interface SetupRequest {
  readonly token: string;
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

/** `POST /api/auth/sign-in`. Answers `CurrentUser`; 401 `sign_in_failed` or `second_factor_required`. */
export interface SignInRequest {
  readonly email: string;
  readonly password: string;
  /** Six digits of the authenticator, or a recovery code. */
  readonly code?: string;
}

/** `POST /api/auth/sign-up`, where it is on. Answers `CurrentUser` and signs in. */
export interface SignUpRequest {
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

/** `POST /api/auth/sign-out` */
export interface SignOutResponse {
  /** Where to go so that single sign-on ends as well; null: to the sign-in page. */
  readonly redirect_url: string | null;
}

/** `POST /api/auth/invitation`, `{token}`: what an invitation is for, before it is accepted. */
export interface InvitationOffer {
  /** The address that it is bound to; null: any. */
  readonly email: string | null;
  readonly role: Role;
  readonly invited_by: string;
  readonly expires_at: string;
}

/** `POST /api/auth/invitation/accept`. Answers `CurrentUser` and signs in. */
export interface AcceptInvitationRequest {
  readonly token: string;
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

/** `POST /api/auth/password-reset`, with the token of an administrator's link. Ends all sessions; 204. */
export interface PasswordResetRequest {
  readonly token: string;
  readonly password: string;
}

/** `GET /api/account`, and `PATCH /api/account` with `{name}` */
export interface Account extends CurrentUser {
  /** False where only single sign-on is a way in. */
  readonly has_password: boolean;
  readonly second_factor: boolean;
  readonly recovery_codes_left: number;
  readonly single_sign_on: boolean;
  readonly created_at: string;
}

/** `POST /api/account/password`; ends all other sessions; 204. */
export interface ChangePasswordRequest {
  readonly current_password: string;
  readonly new_password: string;
}

/** `POST /api/account/second-factor`, `{password}`: begins. It counts from `…/confirm` with `{code}` on. */
export interface SecondFactorOffer {
  /** Base32, for typing. */
  readonly secret: string;
  /** `otpauth://…`, for a QR code. */
  readonly uri: string;
}

/** `POST /api/account/second-factor/confirm` and `POST /api/account/recovery-codes` (`{code}`): shown once. `DELETE /api/account/second-factor` (`{code}`) ends it. */
export interface RecoveryCodes {
  readonly recovery_codes: readonly string[];
}

/** `GET /api/account/sessions`; `DELETE /api/account/sessions/:id`, and `DELETE /api/account/sessions` for all others. */
export interface UserSession {
  readonly id: string;
  readonly current: boolean;
  readonly created_at: string;
  readonly last_used_at: string;
  readonly expires_at: string;
  readonly ip: string | null;
  /** The browser and system, in words where they are known. */
  readonly client: string;
}

export interface SessionList {
  readonly sessions: readonly UserSession[];
}

/** `GET /api/account/keys`, `DELETE /api/account/keys/:id` */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  /** `echo_live_<id>`: what it begins with. */
  readonly prefix: string;
  readonly scopes: readonly KeyScope[];
  readonly created_at: string;
  readonly expires_at: string;
  readonly last_used_at: string | null;
}

export interface ApiKeyList {
  readonly keys: readonly ApiKey[];
}

/** `POST /api/account/keys` */
export interface CreateApiKeyRequest {
  readonly name: string;
  readonly scopes: readonly KeyScope[];
  /** 1 to 365; 90 unless given. */
  readonly expires_in_days?: number;
}

/** The only time that the key itself is shown. */
export interface CreatedApiKey extends ApiKey {
  readonly key: string;
}

/** `POST /api/account/delete`: the account and everything in it; 204. The password, or the e-mail address where there is none. */
export interface DeleteAccountRequest {
  readonly confirm: string;
}

/** One limit that counts, as `GET /api/account/limits` and the `RateLimit` headers tell it. */
export interface Allowance {
  readonly name: 'messages' | 'live_runs';
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until all of it is there again; 0 for `live_runs`. */
  readonly reset_seconds: number;
}

export interface AllowanceList {
  readonly allowances: readonly Allowance[];
}
