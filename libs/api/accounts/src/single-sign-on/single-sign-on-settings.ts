/** The identity provider that people come in through. A class, so that it is its own injection token. */
export abstract class SingleSignOnSettings {
  /** What its discovery document stands below. */
  abstract readonly issuer: string;
  abstract readonly clientId: string;
  /** Absent: a public client, held by PKCE alone. */
  abstract readonly clientSecret?: string;
  /** What the button says. */
  abstract readonly name: string;
  /** Domains of e-mail addresses that may have an account; empty: all. */
  abstract readonly allowedDomains: readonly string[];
  /** The group whose members are administrators; absent: roles are given here. */
  abstract readonly adminGroup?: string;
  /** The claim that lists somebody's groups. */
  abstract readonly groupsClaim: string;
}

/** Where there is none: nothing is ever asked of it. */
export const NO_SINGLE_SIGN_ON: SingleSignOnSettings = { issuer: '', clientId: '', name: '', allowedDomains: [], groupsClaim: 'groups' };
