import { AuditLog, IdentityStore } from '@echo/api-persistence';
import { Access, From, type Origin, Refusal, Refuses, STORAGE, WRITE } from '@echo/api-security';
import { Controller, Get, HttpCode, Logger, Post, Query, Redirect, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiNoContentResponse, ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type Request } from 'express';
import { AccountsSettings } from '../accounts-settings';
import { linkOrigin } from '../administration/link-origin';
import { Sessions } from '../entry/sessions';
import { type Claims, IdentityProvider } from './identity-provider';
import { ownPath, PreLoginCookie } from './pre-login';
import { SingleSignOnSettings } from './single-sign-on-settings';
import { NotLetIn, SingleSignOnService } from './single-sign-on.service';
import { WithSingleSignOn } from './with-single-sign-on.guard';

const CALLBACK = '/api/auth/single-sign-on/callback';

/** The server says in words, too, where the browser goes: as a page, to those who read pages. */
const WORDS = { schema: { type: 'string' as const } };
const REDIRECTION = { 'text/plain': WORDS, 'text/html': WORDS };

interface Redirection {
  readonly url: string;
}

/** The way in through an identity provider, and its word that a session has ended. */
@ApiTags('sign-in')
@Controller('auth/single-sign-on')
export class SingleSignOnController {
  private readonly logger = new Logger('SingleSignOn');

  constructor(
    private readonly settings: AccountsSettings,
    private readonly singleSignOn: SingleSignOnSettings,
    private readonly provider: IdentityProvider,
    private readonly service: SingleSignOnService,
    private readonly cookie: PreLoginCookie,
    private readonly sessions: Sessions,
    private readonly identities: IdentityStore,
    private readonly audit: AuditLog,
  ) {}

  @Get()
  @Redirect()
  @Access('public')
  @WithSingleSignOn()
  @ApiOperation({ operationId: 'beginSingleSignOn', summary: 'Go to the identity provider. For browsers' })
  @ApiQuery({ name: 'return_to', required: false, description: 'A path of this page to go to afterwards.', schema: { type: 'string' } })
  @ApiResponse({
    status: 302,
    content: REDIRECTION,
    description: 'To the identity provider; where it is away, back to the sign-in page with `problem=away`.',
  })
  @Refuses()
  async begin(@Req() request: Request, @Query('return_to') returnTo?: string): Promise<Redirection> {
    try {
      const { url, login } = await this.provider.begin(`${linkOrigin(this.settings, request)}${CALLBACK}`, ownPath(returnTo));
      request.res?.append('Set-Cookie', this.cookie.write(login));
      return { url };
    } catch (error) {
      this.logger.warn(`The identity provider could not be asked: ${reasonOf(error)}`);
      return this.back(request, 'away');
    }
  }

  @Get('callback')
  @Redirect()
  @Access('public')
  @WithSingleSignOn()
  @ApiOperation({ operationId: 'endSingleSignOn', summary: 'Come back from the identity provider. For browsers' })
  @ApiResponse({
    status: 302,
    content: REDIRECTION,
    description: 'Signed in, to where they wanted to go; or back to the sign-in page with the reason in `problem`.',
  })
  @Refuses(...STORAGE)
  async end(@Req() request: Request, @From() origin: Origin): Promise<Redirection> {
    const login = this.cookie.read(request);
    request.res?.append('Set-Cookie', this.cookie.clear());
    try {
      const claims = await this.claimsOf(request, login);
      const user = await this.service.enter(claims);
      const { issuer } = this.singleSignOn;
      const sessionId = typeof claims['sid'] === 'string' ? claims['sid'] : null;
      await this.sessions.begin(request, user.id, 'single sign-on', { issuer, sessionId });
      return { url: `${linkOrigin(this.settings, request)}${login?.returnTo ?? '/'}` };
    } catch (error) {
      if (!(error instanceof NotLetIn)) throw error;
      await this.audit.record(
        { userId: null, via: 'none', ...origin },
        { action: 'session.create', result: 'refused', detail: `single sign-on: ${error.problem}` },
      );
      return this.back(request, error.problem);
    }
  }

  @Post('back-channel-logout')
  @HttpCode(204)
  @Access('public')
  @WithSingleSignOn()
  @ApiOperation({ operationId: 'backChannelLogout', summary: 'The identity provider says that a session has ended' })
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiBody({ schema: { type: 'object', required: ['logout_token'], properties: { logout_token: { type: 'string' } } } })
  @ApiNoContentResponse({ description: 'The sessions that came through it have ended.' })
  @Refuses('malformed_request', ...WRITE, ...STORAGE)
  async logOut(@From() origin: Origin, @Req() request: Request): Promise<void> {
    // Not checked as other bodies are: it may hold more than we know of.
    const token = (request.body as Readonly<Record<string, unknown>>)['logout_token'];
    const notice =
      typeof token === 'string'
        ? await this.provider.readLogout(token).catch((error: unknown) => void this.logger.warn(`A logout was refused: ${String(error)}`))
        : undefined;
    if (!notice) throw new Refusal('malformed_request', 'Send the logout token of the identity provider.');
    const ended = await this.identities.endSessions({ issuer: this.singleSignOn.issuer, ...notice });
    for (const { userId, sessionId } of ended) {
      await this.audit.record(
        { userId, via: 'none', ...origin },
        { action: 'session.end', target: `session:${sessionId}`, detail: 'by the identity provider' },
      );
    }
  }

  private async claimsOf(request: Request, login: ReturnType<PreLoginCookie['read']>): Promise<Claims> {
    if (login === undefined) throw new NotLetIn('failed');
    try {
      // By its public address, whatever a proxy before us has taken off it.
      const callback = new URL(`${linkOrigin(this.settings, request)}${CALLBACK}`);
      callback.search = new URL(request.url, callback).search;
      return await this.provider.finish(callback, login);
    } catch (error) {
      this.logger.warn(`Nobody came in: ${reasonOf(error)}`);
      throw new NotLetIn('failed', { cause: error });
    }
  }

  private back(request: Request, problem: NotLetIn['problem']): Redirection {
    return { url: `${linkOrigin(this.settings, request)}/sign-in?problem=${problem}` };
  }
}

/** For the operator: what went wrong, and what was behind it. */
function reasonOf(error: unknown): string {
  return error instanceof Error && error.cause instanceof Error ? `${String(error)} (${error.cause.message})` : String(error);
}
