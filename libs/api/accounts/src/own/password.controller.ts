import { AuditLog, SessionStore, UserStore } from '@echo/api-persistence';
import { Access, Asker, FIELDS, PasswordHasher, Refuses, type Requester, STORAGE, WRITE } from '@echo/api-security';
import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Request } from 'express';
import { AccountsStanding } from '../access/accounts-standing';
import { WithAccounts } from '../access/with-accounts.guard';
import { ChangePasswordRequestDto } from '../dto/own';
import { Sessions } from '../entry/sessions';
import { checkNewPassword } from '../people/new-password';
import { Proofs } from './proofs';

/** The password of whoever asks. */
@ApiTags('account')
@Controller('account/password')
export class PasswordController {
  constructor(
    private readonly proofs: Proofs,
    private readonly hasher: PasswordHasher,
    private readonly users: UserStore,
    private readonly sessionStore: SessionStore,
    private readonly sessions: Sessions,
    private readonly standing: AccountsStanding,
    private readonly audit: AuditLog,
  ) {}

  @Post()
  @HttpCode(204)
  @Access('user')
  @WithAccounts()
  @ApiOperation({ operationId: 'changePassword', summary: 'Change your password; ends all your other sessions' })
  @ApiNoContentResponse()
  @Refuses('wrong_password', 'weak_password', 'rate_limited', 'overloaded', 'too_long', 'nul_character', 'lone_surrogate')
  @Refuses(...FIELDS, ...WRITE, ...STORAGE)
  async changePassword(@Req() request: Request, @Asker() asker: Requester, @Body() body: ChangePasswordRequestDto): Promise<void> {
    const { email, name } = await this.proofs.password(asker.userId, body.current_password, '/current_password');
    await checkNewPassword(body.new_password, [email ?? '', name], '/new_password');
    await this.users.setPassword(asker.userId, await this.hasher.hash(body.new_password));
    const ended = await this.sessionStore.deleteAll(asker.userId, asker.sessionId);
    await this.sessions.renew(request, asker);
    await this.standing.look();
    await this.audit.record(asker, {
      action: 'password.change',
      target: `user:${asker.userId}`,
      detail: `${ended} other sessions ended`,
    });
  }
}
