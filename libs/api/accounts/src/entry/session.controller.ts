import { type UserRow, UserStore } from '@echo/api-persistence';
import { Access, basePathOf, FIELDS, From, LOCAL_USER, type Origin, Refusal, Refuses, STORAGE, WRITE } from '@echo/api-security';
import { type CurrentUser, type SessionState, type SignOutResponse } from '@echo/contract';
import { Body, Controller, Get, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Request } from 'express';
import { WithAccounts } from '../access/with-accounts.guard';
import { AccountsSettings, isSecure } from '../accounts-settings';
import { CurrentUserDto, SessionStateDto, SignInRequestDto, SignOutResponseDto } from '../dto/entry';
import { currentUserOf } from '../people/views';
import { linkOrigin } from '../administration/link-origin';
import { IdentityProvider } from '../single-sign-on/identity-provider';
import { Sessions } from './sessions';
import { SetupLink } from './setup-link';
import { SignInService } from './sign-in.service';

const LOCAL: CurrentUser = { id: LOCAL_USER.userId, email: null, name: LOCAL_USER.name, role: LOCAL_USER.role };
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i;

/** Who is there, and the ways in and out. */
@ApiTags('sign-in')
@Controller('auth')
export class SessionController {
  constructor(
    private readonly settings: AccountsSettings,
    private readonly users: UserStore,
    private readonly setup: SetupLink,
    private readonly service: SignInService,
    private readonly sessions: Sessions,
    private readonly provider: IdentityProvider,
  ) {}

  @Get('session')
  @Access('public')
  @ApiOperation({ operationId: 'getSession', summary: 'Who is signed in, and which ways in there are' })
  @ApiOkResponse({ type: SessionStateDto })
  @Refuses(...STORAGE)
  async state(@Req() request: Request): Promise<SessionState> {
    const isPlain = !isSecure(this.settings) && !LOOPBACK.test(request.headers.host ?? '');
    const row = await this.rowOf(request);
    return {
      auth: this.settings.auth,
      user: this.settings.auth === 'none' ? LOCAL : row && currentUserOf(row),
      setup_needed: await this.setup.isNeeded(),
      sign_up: this.settings.auth === 'accounts' && this.settings.signUp,
      password_sign_in: this.settings.auth === 'accounts' && this.settings.passwordSignIn && (row?.hasPassword ?? true),
      single_sign_on: this.wayIn(),
      plain_http: this.settings.auth === 'accounts' && isPlain,
    };
  }

  @Post('sign-in')
  @HttpCode(200)
  @Access('public')
  @WithAccounts()
  @ApiOperation({ operationId: 'signIn', summary: 'Sign in with e-mail address and password, and a code where a second factor is on' })
  @ApiOkResponse({ type: CurrentUserDto, description: 'Signed in: the cookie of the session comes with it.' })
  @Refuses('sign_in_failed', 'second_factor_required', 'rate_limited', 'overloaded', ...FIELDS, ...WRITE, ...STORAGE)
  async signIn(@Req() request: Request, @From() origin: Origin, @Body() body: SignInRequestDto): Promise<CurrentUser> {
    if (!this.settings.passwordSignIn) throw new Refusal('not_found', 'Passwords are no way in here. Use single sign-on.');
    const { user, by } = await this.service.signIn(body, origin);
    await this.sessions.begin(request, user.id, by);
    return currentUserOf(user);
  }

  @Post('sign-out')
  @HttpCode(200)
  @Access('public')
  @WithAccounts()
  @ApiOperation({ operationId: 'signOut', summary: 'End the session of this browser' })
  @ApiOkResponse({ type: SignOutResponseDto })
  @Refuses(...WRITE, ...STORAGE)
  async signOut(@Req() request: Request): Promise<SignOutResponse> {
    const { isSingleSignOn } = await this.sessions.end(request);
    return { redirect_url: isSingleSignOn ? await this.provider.endUrl(`${linkOrigin(this.settings, request)}/sign-in`) : null };
  }

  private wayIn(): SessionState['single_sign_on'] {
    const { auth, publicUrl, singleSignOn } = this.settings;
    return auth === 'accounts' && singleSignOn
      ? { name: singleSignOn.name, url: `${basePathOf(publicUrl)}/api/auth/single-sign-on` }
      : null;
  }

  private async rowOf(request: Request): Promise<UserRow | null> {
    const session = this.settings.auth === 'none' ? undefined : await this.sessions.of(request);
    return (session && (await this.users.find(session.userId))) ?? null;
  }
}
