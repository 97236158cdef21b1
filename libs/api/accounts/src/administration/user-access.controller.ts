import { AuditLog, OneTimeLinkStore, SecondFactorStore, SessionStore, type UserRow, UserStore } from '@echo/api-persistence';
import { Access, Asker, newToken, Refusal, Refuses, type Requester, STORAGE, WRITE } from '@echo/api-security';
import { type OneTimeLink } from '@echo/contract';
import { Controller, Delete, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { type Request } from 'express';
import { AccountsStanding } from '../access/accounts-standing';
import { WithAccounts } from '../access/with-accounts.guard';
import { AccountsSettings } from '../accounts-settings';
import { OneTimeLinkDto } from '../dto/administration';
import { nothingThere, UuidPipe } from '../people/uuid';
import { ID } from './documented';
import { linkOrigin } from './link-origin';

const RESET_SECONDS = 3_600;

/** How somebody comes in, as administrators can help or hinder. They can let somebody choose a new password; they never choose one for them. */
@ApiTags('administration')
@Controller('admin/users/:id')
export class UserAccessController {
  constructor(
    private readonly settings: AccountsSettings,
    private readonly users: UserStore,
    private readonly links: OneTimeLinkStore,
    private readonly sessions: SessionStore,
    private readonly factors: SecondFactorStore,
    private readonly standing: AccountsStanding,
    private readonly audit: AuditLog,
  ) {}

  @Post('password-reset')
  @HttpCode(201)
  @Access('administrator', { scope: 'admin' })
  @WithAccounts()
  @ApiOperation({
    operationId: 'createPasswordReset',
    summary: 'Make a link with which somebody chooses a new password; it works once, for an hour',
  })
  @ApiParam(ID)
  @ApiCreatedResponse({ type: OneTimeLinkDto })
  @Refuses(...WRITE, ...STORAGE)
  async resetPassword(@Req() request: Request, @Asker() asker: Requester, @Param('id', UuidPipe) id: string): Promise<OneTimeLink> {
    const user = await this.find(id);
    if (!user.hasPassword && user.hasSingleSignOn) {
      throw new Refusal('not_allowed', 'They come in by single sign-on; their password is kept there.');
    }
    const { token, hash: tokenHash } = newToken();
    const link = { kind: 'reset', tokenHash, seconds: RESET_SECONDS, userId: id, createdBy: asker.userId } as const;
    const { expiresAt } = await this.links.create(link);
    await this.audit.record(asker, { action: 'password_reset.create', target: `user:${id}` });
    return { url: `${linkOrigin(this.settings, request)}/reset-password#token=${token}`, expires_at: expiresAt.toISOString() };
  }

  @Delete('sessions')
  @HttpCode(204)
  @Access('administrator', { scope: 'admin' })
  @WithAccounts()
  @ApiOperation({ operationId: 'endUserSessions', summary: 'Sign somebody out everywhere' })
  @ApiParam(ID)
  @ApiNoContentResponse()
  @Refuses(...WRITE, ...STORAGE)
  async endSessions(@Asker() asker: Requester, @Param('id', UuidPipe) id: string): Promise<void> {
    await this.find(id);
    const ended = await this.sessions.deleteAll(id);
    await this.standing.look();
    await this.audit.record(asker, { action: 'session.end', target: `user:${id}`, detail: `${ended} sessions` });
  }

  @Delete('second-factor')
  @HttpCode(204)
  @Access('administrator', { scope: 'admin' })
  @WithAccounts()
  @ApiOperation({ operationId: 'endUserSecondFactor', summary: 'Turn somebody’s second factor off, when all that belongs to it is lost' })
  @ApiParam(ID)
  @ApiNoContentResponse()
  @Refuses(...WRITE, ...STORAGE)
  async endSecondFactor(@Asker() asker: Requester, @Param('id', UuidPipe) id: string): Promise<void> {
    await this.find(id);
    if (await this.factors.end(id)) await this.audit.record(asker, { action: 'second_factor.end', target: `user:${id}` });
  }

  private async find(id: string): Promise<UserRow> {
    const user = await this.users.find(id);
    if (!user) throw nothingThere();
    return user;
  }
}
