import { type SignInRow, UserStore } from '@echo/api-persistence';
import { PasswordHasher, Refusal, sessionEnded } from '@echo/api-security';
import { type ProblemCode } from '@echo/contract';
import { Injectable } from '@nestjs/common';
import { AttemptLimits } from '../entry/attempt-limits';
import { SecondFactors } from '../entry/second-factors';

/** What somebody who is signed in must show again before what opens their account is changed. */
@Injectable()
export class Proofs {
  constructor(
    private readonly users: UserStore,
    private readonly hasher: PasswordHasher,
    private readonly limits: AttemptLimits,
    private readonly factors: SecondFactors,
  ) {}

  /** Who it is, when the password is theirs. Throws `Refusal`. `pointer`: the field of the password. */
  async password(userId: string, password: string, pointer: string): Promise<SignInRow> {
    const user = await this.user(userId);
    const attempt = await this.limits.proof('password', userId);
    if (!(await this.hasher.verify(password, user.passwordHash))) throw wrong('wrong_password', pointer, 'This is not your password.');
    await attempt.succeed();
    return user;
  }

  /** Who it is, when the code is right; it is used up by that. Throws `Refusal`. */
  async code(userId: string, code: string): Promise<SignInRow> {
    const user = await this.user(userId);
    if (user.totpSecret === null) throw wrongCode('There is no second factor to give a code of.');
    const attempt = await this.limits.proof('code', userId);
    if ((await this.factors.use(userId, user.totpSecret, code)) === undefined) throw wrongCode();
    await attempt.succeed();
    return user;
  }

  async user(id: string): Promise<SignInRow> {
    const user = await this.users.findForSignIn({ id });
    if (!user) throw sessionEnded();
    return user;
  }
}

export function wrongCode(detail = 'This code is not right, or it was used before. Wait for the next one and try again.'): Refusal {
  return wrong('wrong_code', '/code', detail);
}

export function wrong(code: ProblemCode, pointer: string, detail: string): Refusal {
  return Refusal.ofFields([{ pointer, code, detail }]);
}
