import { AuditLog, type SignInRow, UserStore } from '@echo/api-persistence';
import { type Origin, PasswordHasher, Refusal } from '@echo/api-security';
import { findTextFault, LIMITS, type SignInRequest } from '@echo/contract';
import { Injectable, Logger } from '@nestjs/common';
import { canonicalEmail } from '../people/email';
import { type Attempt, AttemptLimits } from './attempt-limits';
import { Lanes } from './lanes';
import { networkOf } from './network';
import { SecondFactors } from './second-factors';

/** Somebody who proved who they are. */
export interface SignedIn {
  readonly user: SignInRow;
  /** How, for the audit log. */
  readonly by: string;
}

/** Finds out whether somebody is who they say. Whatever is wrong, and whoever does not exist, gets the same answer in the same time. */
@Injectable()
export class SignInService {
  private readonly logger = new Logger(SignInService.name);
  private readonly lanes = new Lanes();

  constructor(
    private readonly users: UserStore,
    private readonly hasher: PasswordHasher,
    private readonly limits: AttemptLimits,
    private readonly factors: SecondFactors,
    private readonly audit: AuditLog,
  ) {}

  /** Throws `Refusal`: `sign_in_failed`, `second_factor_required`, `rate_limited` or `overloaded`. */
  async signIn(request: SignInRequest, origin: Origin): Promise<SignedIn> {
    const email = canonicalEmail(request.email);
    const pair = `${email} ${networkOf(origin.ip)}`;
    // One after the other: of twenty at once five failures are counted, and nobody who is right is refused for those beside them.
    return this.lanes.pass(pair, () => this.look(email, request, origin));
  }

  private async look(email: string, { password, code }: SignInRequest, origin: Origin): Promise<SignedIn> {
    const attempt = await this.limits.signIn(email, origin.ip);
    const isPossible = findTextFault(email, LIMITS.emailChars) === undefined;
    const user = isPossible ? await this.users.findForSignIn({ email }) : undefined;
    const isRight = await this.hasher.verify(password, user?.passwordHash ?? null).catch(async (error: unknown) => {
      // Nobody looked at the password: the line was full.
      await attempt.withdraw();
      throw error;
    });
    if (!user || !isRight || user.status !== 'active') throw await this.fail(origin, user, isRight ? 'disabled' : 'password');
    const by = user.totpSecret === null ? 'password' : await this.secondFactor(user, user.totpSecret, code, attempt, origin);
    await attempt.succeed();
    void this.rehash(user, password);
    return { user, by };
  }

  /** Nobody waits for it, and where it fails the next sign-in does it. */
  private async rehash({ id, passwordHash }: SignInRow, password: string): Promise<void> {
    if (passwordHash === null || !this.hasher.isOutdated(passwordHash)) return;
    try {
      await this.users.rehash(id, passwordHash, await this.hasher.hash(password));
    } catch (error) {
      this.logger.debug(`A password could not be hashed anew: ${String(error)}`);
    }
  }

  private async secondFactor(user: SignInRow, sealed: string, code: string | undefined, attempt: Attempt, origin: Origin): Promise<string> {
    if (code === undefined || code.trim() === '') {
      await attempt.withdraw();
      throw new Refusal('second_factor_required', 'Give the six digits of your authenticator, or one of your recovery codes.');
    }
    const proof = await this.limits.proof('code', user.id);
    const kind = await this.factors.use(user.id, sealed, code);
    if (kind === undefined) throw await this.fail(origin, user, 'code');
    await proof.succeed();
    return `password and ${kind === 'recovery' ? 'recovery code' : 'authenticator'}`;
  }

  private async fail(origin: Origin, user: SignInRow | undefined, why: string): Promise<Refusal> {
    const target = user ? { target: `user:${user.id}` } : {};
    await this.audit.record(
      { userId: null, via: 'none', ...origin },
      { action: 'session.create', result: 'refused', detail: why, ...target },
    );
    return new Refusal('sign_in_failed', 'E-mail address, password or code is wrong. Check them and try again.');
  }
}
