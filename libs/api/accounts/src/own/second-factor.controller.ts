import { AuditLog, SecondFactorStore } from '@echo/api-persistence';
import {
  Access,
  Asker,
  authenticatorUri,
  FIELDS,
  newAuthenticatorSecret,
  newRecoveryCodes,
  recoveryHashOf,
  Refusal,
  Refuses,
  type Requester,
  Sealer,
  stepOf,
  STORAGE,
  WRITE,
} from '@echo/api-security';
import { type RecoveryCodes, type SecondFactorOffer } from '@echo/contract';
import { Body, Controller, Delete, HttpCode, Post, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Request } from 'express';
import { WithAccounts } from '../access/with-accounts.guard';
import { CodeDto, PasswordDto, RecoveryCodesDto, SecondFactorOfferDto } from '../dto/own';
import { AttemptLimits } from '../entry/attempt-limits';
import { pendingPlace, secretPlace } from '../entry/second-factors';
import { Sessions } from '../entry/sessions';
import { Proofs, wrongCode } from './proofs';

const CODE = ['wrong_code', 'rate_limited', ...FIELDS, ...WRITE, ...STORAGE] as const;

/** A second factor: begun with the password, counted from the first right code on, ended with a code. */
@ApiTags('account')
@Controller('account')
export class SecondFactorController {
  constructor(
    private readonly store: SecondFactorStore,
    private readonly sealer: Sealer,
    private readonly proofs: Proofs,
    private readonly limits: AttemptLimits,
    private readonly sessions: Sessions,
    private readonly audit: AuditLog,
  ) {}

  @Post('second-factor')
  @HttpCode(200)
  @Access('user')
  @WithAccounts()
  @ApiOperation({ operationId: 'beginSecondFactor', summary: 'Begin with a second factor; it counts once it is confirmed' })
  @ApiOkResponse({ type: SecondFactorOfferDto })
  @Refuses('wrong_password', 'not_allowed', 'rate_limited', 'overloaded', ...FIELDS, ...WRITE, ...STORAGE)
  async begin(@Asker() { userId }: Requester, @Body() { password }: PasswordDto): Promise<SecondFactorOffer> {
    const { email, totpSecret } = await this.proofs.password(userId, password, '/password');
    if (totpSecret !== null)
      throw new Refusal('not_allowed', 'There is a second factor already. Turn it off first, with one of its codes.');
    const secret = newAuthenticatorSecret();
    await this.store.begin(userId, await this.sealer.seal(secret, pendingPlace(userId)));
    return { secret, uri: authenticatorUri(secret, email ?? '') };
  }

  @Post('second-factor/confirm')
  @HttpCode(200)
  @Access('user')
  @WithAccounts()
  @ApiOperation({ operationId: 'confirmSecondFactor', summary: 'Turn the second factor on, with its first code' })
  @ApiOkResponse({ type: RecoveryCodesDto })
  @Refuses(...CODE)
  async confirm(@Req() request: Request, @Asker() asker: Requester, @Body() { code }: CodeDto): Promise<RecoveryCodes> {
    const { userId } = asker;
    const pending = await this.store.pending(userId);
    if (pending === undefined) throw wrongCode('No second factor is about to be turned on. Begin again.');
    const attempt = await this.limits.proof('code', userId);
    const secret = this.sealer.open(pending, pendingPlace(userId));
    const step = stepOf(secret, code);
    if (step === undefined) throw wrongCode();
    await attempt.succeed();
    const { codes, hashes } = freshCodes(userId);
    const sealed = await this.sealer.seal(secret, secretPlace(userId));
    if (!(await this.store.confirm(userId, pending, sealed, step, hashes))) throw wrongCode('It was turned on by another request.');
    await this.sessions.renew(request, asker);
    await this.audit.record(asker, { action: 'second_factor.begin', target: `user:${userId}` });
    return { recovery_codes: codes };
  }

  @Delete('second-factor')
  @HttpCode(204)
  @Access('user')
  @WithAccounts()
  @ApiOperation({ operationId: 'endSecondFactor', summary: 'Turn the second factor off, with one of its codes' })
  @ApiNoContentResponse()
  @Refuses(...CODE)
  async end(@Req() request: Request, @Asker() asker: Requester, @Body() { code }: CodeDto): Promise<void> {
    await this.proofs.code(asker.userId, code);
    await this.store.end(asker.userId);
    await this.sessions.renew(request, asker);
    await this.audit.record(asker, { action: 'second_factor.end', target: `user:${asker.userId}` });
  }

  @Post('recovery-codes')
  @HttpCode(200)
  @Access('user')
  @WithAccounts()
  @ApiOperation({ operationId: 'renewRecoveryCodes', summary: 'Get new recovery codes; the old ones work no more' })
  @ApiOkResponse({ type: RecoveryCodesDto })
  @Refuses(...CODE)
  async renew(@Asker() asker: Requester, @Body() { code }: CodeDto): Promise<RecoveryCodes> {
    await this.proofs.code(asker.userId, code);
    const { codes, hashes } = freshCodes(asker.userId);
    await this.store.replaceCodes(asker.userId, hashes);
    await this.audit.record(asker, { action: 'recovery_codes.renew', target: `user:${asker.userId}` });
    return { recovery_codes: codes };
  }
}

function freshCodes(userId: string): { readonly codes: string[]; readonly hashes: Buffer[] } {
  const codes = newRecoveryCodes();
  return { codes, hashes: codes.flatMap((code) => recoveryHashOf(userId, code) ?? []) };
}
