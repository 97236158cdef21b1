import { SecondFactorStore } from '@echo/api-persistence';
import { recoveryHashOf, Sealer, type SealPlace, stepOf } from '@echo/api-security';
import { Injectable } from '@nestjs/common';

/** Where a secret is sealed, and the one that does not count yet. */
export const secretPlace = (userId: string): SealPlace => ({ table: 'app_user', id: userId, column: 'totp_secret' });
export const pendingPlace = (userId: string): SealPlace => ({ table: 'app_user', id: userId, column: 'totp_pending' });

/** Looks at codes. Each code is used up by the look that finds it right. */
@Injectable()
export class SecondFactors {
  constructor(
    private readonly store: SecondFactorStore,
    private readonly sealer: Sealer,
  ) {}

  /** Which kind of code it is, where it is right; undefined where it is wrong or was used before. */
  async use(userId: string, sealed: string, code: string): Promise<'authenticator' | 'recovery' | undefined> {
    const step = stepOf(this.sealer.open(sealed, secretPlace(userId)), code);
    if (step !== undefined) return (await this.store.useStep(userId, step)) ? 'authenticator' : undefined;
    const hash = recoveryHashOf(userId, code);
    return hash !== undefined && (await this.store.useCode(userId, hash)) ? 'recovery' : undefined;
  }
}
