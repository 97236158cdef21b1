import { type SingleSignOnSettings } from './single-sign-on/single-sign-on-settings';

/** What the operator decided about who may come in. A class, so that it is its own injection token. */
export abstract class AccountsSettings {
  /** `none`: whoever reaches the server is the one local user. */
  abstract readonly auth: 'none' | 'accounts';
  /** Whether anybody may make an account of their own. */
  abstract readonly signUp: boolean;
  /** Whether e-mail address and password are a way in. */
  abstract readonly passwordSignIn: boolean;
  /** The identity provider that people come in through; absent: none. */
  abstract readonly singleSignOn?: SingleSignOnSettings;
  /** The origin under which people reach the server; undefined: the one that they asked for. */
  abstract readonly publicUrl: string | undefined;
}

/** Whether people reach the server by HTTPS, so that browsers can hold the cookie to it. */
export function isSecure({ publicUrl }: Pick<AccountsSettings, 'publicUrl'>): boolean {
  return publicUrl?.startsWith('https:') ?? false;
}
