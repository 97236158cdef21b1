import { EmailTakenError, EnrolmentStore, IdentityStore, LastAdministratorError, type UserRow, UserStore } from '@echo/api-persistence';
import { LIMITS, type Role } from '@echo/contract';
import { Injectable } from '@nestjs/common';
import { canonicalEmail } from '../people/email';
import { type Claims } from './identity-provider';
import { SingleSignOnSettings } from './single-sign-on-settings';

/** Why somebody whom the identity provider knows is not let in. The page has a sentence for each. */
export type EntryProblem = 'failed' | 'away' | 'email_unverified' | 'domain' | 'email_taken' | 'disabled';

/** Somebody is not let in. */
export class NotLetIn extends Error {
  constructor(
    readonly problem: EntryProblem,
    options?: ErrorOptions,
  ) {
    super(`Single sign-on: ${problem}`, options);
  }
}

/** Finds or makes the account of whoever the identity provider sends. They are known by its name for them, never by their address. */
@Injectable()
export class SingleSignOnService {
  constructor(
    private readonly settings: SingleSignOnSettings,
    private readonly identities: IdentityStore,
    private readonly enrolment: EnrolmentStore,
    private readonly users: UserStore,
  ) {}

  /** Throws `NotLetIn`. */
  async enter(claims: Claims): Promise<UserRow> {
    const { issuer } = this.settings;
    const email = this.emailOf(claims);
    const known = await this.identities.find(issuer, claims.sub);
    if (!known) return this.enrol(claims, email);
    await this.giveRole(known.userId, claims);
    const user = await this.users.find(known.userId);
    if (user?.status !== 'active') throw new NotLetIn('disabled');
    return user;
  }

  private async enrol(claims: Claims, email: string): Promise<UserRow> {
    const name = (typeof claims['name'] === 'string' && claims['name'].trim()) || email;
    try {
      return await this.enrolment.signUpWith(
        { issuer: this.settings.issuer, subject: claims.sub },
        { email, name: [...name].slice(0, LIMITS.personNameChars).join(''), passwordHash: null },
        this.roleOf(claims) ?? 'user',
      );
    } catch (error) {
      if (error instanceof EmailTakenError) throw new NotLetIn('email_taken', { cause: error });
      throw error;
    }
  }

  /** The address, which the identity provider has verified, of a domain that may come in. */
  private emailOf(claims: Claims): string {
    const { email, email_verified: isVerified } = claims;
    if (typeof email !== 'string' || isVerified !== true) throw new NotLetIn('email_unverified');
    const canonical = canonicalEmail(email);
    const domain = canonical.slice(canonical.lastIndexOf('@') + 1);
    const { allowedDomains } = this.settings;
    if (allowedDomains.length > 0 && !allowedDomains.includes(domain)) throw new NotLetIn('domain');
    return canonical;
  }

  /** At each sign-in: who left the group is an administrator no more, but the last one stays one. */
  private async giveRole(userId: string, claims: Claims): Promise<void> {
    const role = this.roleOf(claims);
    if (role === undefined || (await this.users.find(userId))?.role === role) return;
    try {
      await this.users.change(userId, { role });
    } catch (error) {
      if (!(error instanceof LastAdministratorError)) throw error;
    }
  }

  private roleOf(claims: Claims): Role | undefined {
    const { adminGroup, groupsClaim } = this.settings;
    if (adminGroup === undefined) return undefined;
    const groups = claims[groupsClaim];
    return Array.isArray(groups) && groups.includes(adminGroup) ? 'administrator' : 'user';
  }
}
