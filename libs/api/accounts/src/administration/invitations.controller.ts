import { AuditLog, OneTimeLinkStore } from '@echo/api-persistence';
import { Access, Asker, FIELDS, newToken, Refuses, type Requester, STORAGE, TEXT, WRITE } from '@echo/api-security';
import { type InvitationList, type OneTimeLink } from '@echo/contract';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { type Request } from 'express';
import { WithAccounts } from '../access/with-accounts.guard';
import { AccountsSettings } from '../accounts-settings';
import { CreateInvitationRequestDto, INVITATION_DAYS, InvitationListDto, OneTimeLinkDto } from '../dto/administration';
import { checkEmail } from '../people/email';
import { nothingThere, UuidPipe } from '../people/uuid';
import { invitationOf } from '../people/views';
import { ID } from './documented';
import { linkOrigin } from './link-origin';

const DAY_SECONDS = 86_400;

/** Invitations: links that make one account each. Nothing is sent; the administrator passes them on. */
@ApiTags('administration')
@Controller('admin/invitations')
export class InvitationsController {
  constructor(
    private readonly settings: AccountsSettings,
    private readonly links: OneTimeLinkStore,
    private readonly audit: AuditLog,
  ) {}

  @Get()
  @Access('administrator', { scope: 'admin' })
  @WithAccounts()
  @ApiOperation({ operationId: 'listInvitations', summary: 'List the invitations that are open, the newest first' })
  @ApiOkResponse({ type: InvitationListDto })
  @Refuses(...STORAGE)
  async list(): Promise<InvitationList> {
    return { invitations: (await this.links.invitations()).map(invitationOf) };
  }

  @Post()
  @HttpCode(201)
  @Access('administrator', { scope: 'admin' })
  @WithAccounts()
  @ApiOperation({ operationId: 'createInvitation', summary: 'Invite somebody; the link is shown this once' })
  @ApiCreatedResponse({ type: OneTimeLinkDto })
  @Refuses('invalid_value', ...TEXT, ...FIELDS, ...WRITE, ...STORAGE)
  async create(@Req() request: Request, @Asker() asker: Requester, @Body() body: CreateInvitationRequestDto): Promise<OneTimeLink> {
    const { role, expires_in_days: days = INVITATION_DAYS.unlessSaid } = body;
    const email = body.email === undefined ? null : checkEmail(body.email, '/email');
    const { token, hash: tokenHash } = newToken();
    const link = { kind: 'invitation', tokenHash, seconds: days * DAY_SECONDS, email, role, createdBy: asker.userId } as const;
    const { id, expiresAt } = await this.links.create(link);
    await this.audit.record(asker, { action: 'invitation.create', target: `invitation:${id}`, detail: `role ${role}, ${days} days` });
    return { url: `${linkOrigin(this.settings, request)}/invitation#token=${token}`, expires_at: expiresAt.toISOString() };
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('administrator', { scope: 'admin' })
  @WithAccounts()
  @ApiOperation({ operationId: 'revokeInvitation', summary: 'Revoke an invitation; its link works no more' })
  @ApiParam(ID)
  @ApiNoContentResponse()
  @Refuses(...WRITE, ...STORAGE)
  async revoke(@Asker() asker: Requester, @Param('id', UuidPipe) id: string): Promise<void> {
    if (!(await this.links.deleteInvitation(id))) throw nothingThere();
    await this.audit.record(asker, { action: 'invitation.revoke', target: `invitation:${id}` });
  }
}
