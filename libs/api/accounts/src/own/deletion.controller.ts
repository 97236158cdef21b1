import { AuditLog } from '@echo/api-persistence';
import { Access, Asker, FIELDS, Refuses, type Requester, STORAGE, WRITE } from '@echo/api-security';
import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Request } from 'express';
import { WithAccounts } from '../access/with-accounts.guard';
import { DeleteAccountRequestDto } from '../dto/own';
import { Sessions } from '../entry/sessions';
import { AccountRemoval } from '../people/account-removal';
import { canonicalEmail } from '../people/email';
import { Proofs, wrong } from './proofs';

/** The end of the account of whoever asks. */
@ApiTags('account')
@Controller('account/delete')
export class DeletionController {
  constructor(
    private readonly proofs: Proofs,
    private readonly removal: AccountRemoval,
    private readonly sessions: Sessions,
    private readonly audit: AuditLog,
  ) {}

  @Post()
  @HttpCode(204)
  @Access('user')
  @WithAccounts()
  @ApiOperation({ operationId: 'deleteAccount', summary: 'Delete your account and everything in it, for good' })
  @ApiNoContentResponse()
  @Refuses('wrong_password', 'last_administrator', 'rate_limited', 'overloaded', ...FIELDS, ...WRITE, ...STORAGE)
  async remove(@Req() request: Request, @Asker() asker: Requester, @Body() { confirm }: DeleteAccountRequestDto): Promise<void> {
    await this.confirm(asker.userId, confirm);
    await this.removal.remove(asker.userId);
    this.sessions.forget(request);
    await this.audit.record(asker, { action: 'user.delete', target: `user:${asker.userId}` });
  }

  private async confirm(userId: string, confirm: string): Promise<void> {
    const user = await this.proofs.user(userId);
    if (user.passwordHash !== null) await this.proofs.password(userId, confirm, '/confirm');
    else if (canonicalEmail(confirm) !== user.email) throw wrong('wrong_password', '/confirm', 'This is not your e-mail address.');
  }
}
