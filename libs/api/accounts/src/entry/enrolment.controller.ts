import { Access, FIELDS, From, type Origin, Refusal, Refuses, STORAGE, TEXT, WRITE } from '@echo/api-security';
import { type CurrentUser, type InvitationOffer } from '@echo/contract';
import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Request } from 'express';
import { AccountsStanding } from '../access/accounts-standing';
import { WithAccounts } from '../access/with-accounts.guard';
import { AccountsSettings } from '../accounts-settings';
import {
  AcceptInvitationRequestDto,
  CurrentUserDto,
  InvitationOfferDto,
  InvitationRequestDto,
  PasswordResetRequestDto,
  SetupRequestDto,
  SignUpRequestDto,
} from '../dto/entry';
import { currentUserOf } from '../people/views';
import { AttemptLimits } from './attempt-limits';
import { EnrolmentService } from './enrolment.service';
import { Sessions } from './sessions';

const LINK = ['link_expired', ...FIELDS, ...WRITE, ...STORAGE] as const;
const PERSON = ['invalid_value', 'weak_password', 'overloaded', ...TEXT] as const;

/** Accounts that begin, and passwords that begin anew: by links that work once, or by sign-up where it is on. */
@ApiTags('sign-in')
@Controller('auth')
export class EnrolmentController {
  constructor(
    private readonly settings: AccountsSettings,
    private readonly service: EnrolmentService,
    private readonly sessions: Sessions,
    private readonly limits: AttemptLimits,
    private readonly standing: AccountsStanding,
  ) {}

  @Post('setup')
  @HttpCode(200)
  @Access('public')
  @WithAccounts()
  @ApiOperation({ operationId: 'setUp', summary: 'Make the first administrator, with the link of the server’s log' })
  @ApiOkResponse({ type: CurrentUserDto })
  @Refuses(...PERSON, ...LINK)
  async setUp(@Req() request: Request, @From() origin: Origin, @Body() body: SetupRequestDto): Promise<CurrentUser> {
    const user = await this.service.setUp(body, origin);
    await this.sessions.begin(request, user.id, 'setup');
    return currentUserOf(user);
  }

  @Post('sign-up')
  @HttpCode(200)
  @Access('public')
  @WithAccounts()
  @ApiOperation({ operationId: 'signUp', summary: 'Make an account, where anybody may' })
  @ApiOkResponse({ type: CurrentUserDto })
  @Refuses('email_taken', 'rate_limited', ...PERSON, ...FIELDS, ...WRITE, ...STORAGE)
  async signUp(@Req() request: Request, @From() origin: Origin, @Body() body: SignUpRequestDto): Promise<CurrentUser> {
    if (!this.settings.signUp) throw new Refusal('not_found', 'Accounts are made by invitation here. Ask an administrator for one.');
    // Who learns here which addresses have an account is counted like who guesses passwords.
    await this.limits.fromAddress(origin.ip);
    const user = await this.service.signUp(body, origin);
    await this.sessions.begin(request, user.id, 'sign-up');
    return currentUserOf(user);
  }

  @Post('invitation')
  @HttpCode(200)
  @Access('public')
  @WithAccounts()
  @ApiOperation({ operationId: 'readInvitation', summary: 'What an invitation is for' })
  @ApiOkResponse({ type: InvitationOfferDto })
  @Refuses(...LINK)
  async invitation(@Body() { token }: InvitationRequestDto): Promise<InvitationOffer> {
    const { email, role, invitedBy, expiresAt } = await this.service.invitation(token);
    return { email, role, invited_by: invitedBy, expires_at: expiresAt.toISOString() };
  }

  @Post('invitation/accept')
  @HttpCode(200)
  @Access('public')
  @WithAccounts()
  @ApiOperation({ operationId: 'acceptInvitation', summary: 'Make the account that an invitation is for' })
  @ApiOkResponse({ type: CurrentUserDto })
  @Refuses('email_taken', ...PERSON, ...LINK)
  async accept(@Req() request: Request, @From() origin: Origin, @Body() body: AcceptInvitationRequestDto): Promise<CurrentUser> {
    const user = await this.service.accept(body, origin);
    await this.sessions.begin(request, user.id, 'invitation');
    return currentUserOf(user);
  }

  @Post('password-reset')
  @HttpCode(204)
  @Access('public')
  @WithAccounts()
  @ApiOperation({ operationId: 'resetPassword', summary: 'Choose a new password, with the link of an administrator; ends all sessions' })
  @ApiNoContentResponse()
  @Refuses('weak_password', 'too_long', 'nul_character', 'lone_surrogate', 'overloaded', ...LINK)
  async resetPassword(@From() origin: Origin, @Body() body: PasswordResetRequestDto): Promise<void> {
    await this.service.resetPassword(body, origin);
    await this.standing.look();
  }
}
