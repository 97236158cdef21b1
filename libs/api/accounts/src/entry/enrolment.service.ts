import {
  AlreadySetUpError,
  AuditLog,
  EmailTakenError,
  EnrolmentStore,
  type InvitationRow,
  LinkExpiredError,
  type NewUser,
  OneTimeLinkStore,
  type UserRow,
} from '@echo/api-persistence';
import { checkName, hashOf, type Origin, PasswordHasher, Refusal } from '@echo/api-security';
import { type AcceptInvitationRequest, LIMITS, type PasswordResetRequest, type SetupRequest, type SignUpRequest } from '@echo/contract';
import { Injectable } from '@nestjs/common';
import { checkEmail } from '../people/email';
import { checkNewPassword } from '../people/new-password';

/** Makes accounts and new passwords for who has a link. A link is looked at before anything that takes time, and used up with what it makes. */
@Injectable()
export class EnrolmentService {
  constructor(
    private readonly store: EnrolmentStore,
    private readonly links: OneTimeLinkStore,
    private readonly hasher: PasswordHasher,
    private readonly audit: AuditLog,
  ) {}

  /** The first administrator. */
  async setUp({ token, ...person }: SetupRequest, origin: Origin): Promise<UserRow> {
    const hash = hashOf(token);
    if (!(await this.links.isGood('setup', hash))) throw expired();
    return this.made(origin, 'setup', async () => this.store.setUp(hash, await this.newUser(person)));
  }

  async signUp(person: SignUpRequest, origin: Origin): Promise<UserRow> {
    return this.made(origin, 'sign-up', async () => this.store.signUp(await this.newUser(person)));
  }

  /** What an invitation is for. */
  async invitation(token: string): Promise<InvitationRow> {
    const invitation = await this.links.invitation(hashOf(token));
    if (!invitation) throw expired();
    return invitation;
  }

  async accept({ token, ...person }: AcceptInvitationRequest, origin: Origin): Promise<UserRow> {
    const { id, email } = await this.invitation(token);
    if (email !== null && email !== checkEmail(person.email, '/email')) {
      const detail = 'The invitation is for another e-mail address. Use that one, or ask for another invitation.';
      throw Refusal.ofFields([{ pointer: '/email', code: 'invalid_value', detail }]);
    }
    return this.made(origin, `invitation ${id}`, async () => this.store.accept(hashOf(token), await this.newUser(person)));
  }

  /** Ends all sessions of whoever the link is for. */
  async resetPassword({ token, password }: PasswordResetRequest, origin: Origin): Promise<void> {
    const hash = hashOf(token);
    const person = await this.links.resetOf(hash);
    if (!person) throw expired();
    await checkNewPassword(password, [person.email ?? '', person.name], '/password');
    const userId = await said(this.store.resetPassword(hash, await this.hasher.hash(password)));
    await this.audit.record({ userId, via: 'none', ...origin }, { action: 'password.reset', target: `user:${userId}` });
  }

  private async newUser({ email: typed, name, password }: SignUpRequest): Promise<NewUser> {
    const email = checkEmail(typed, '/email');
    checkName(name, LIMITS.personNameChars, '/name');
    await checkNewPassword(password, [email, name], '/password');
    return { email, name: name.trim(), passwordHash: await this.hasher.hash(password) };
  }

  private async made(origin: Origin, detail: string, make: () => Promise<UserRow>): Promise<UserRow> {
    const user = await said(make());
    await this.audit.record({ userId: user.id, via: 'none', ...origin }, { action: 'user.create', target: `user:${user.id}`, detail });
    return user;
  }
}

/** Says what the database refused in the words of the API. */
async function said<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof LinkExpiredError || error instanceof AlreadySetUpError) throw expired();
    if (error instanceof EmailTakenError) {
      const detail = 'There is an account with this e-mail address. Sign in, or ask an administrator for a new password.';
      throw Refusal.ofFields([{ pointer: '/email', code: 'email_taken', detail }]);
    }
    throw error;
  }
}

function expired(): Refusal {
  return new Refusal('link_expired', 'This link does not work any more: it was used, or it is too old. Ask for a new one.');
}
