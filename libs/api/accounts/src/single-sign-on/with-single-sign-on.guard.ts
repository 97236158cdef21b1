import { Refusal, Refuses } from '@echo/api-security';
import { applyDecorators, type CanActivate, Injectable, UseGuards } from '@nestjs/common';
import { AccountsSettings } from '../accounts-settings';

/** Routes that only a server with an identity provider has. */
@Injectable()
export class WithSingleSignOnGuard implements CanActivate {
  constructor(private readonly settings: AccountsSettings) {}

  canActivate(): boolean {
    if (this.settings.auth === 'accounts' && this.settings.singleSignOn) return true;
    throw new Refusal('not_found', 'This server has no single sign-on. An operator connects it by ECHO_OIDC_ISSUER.');
  }
}

/** The route is there only where there is an identity provider. */
export function WithSingleSignOn(): MethodDecorator {
  return applyDecorators(UseGuards(WithSingleSignOnGuard), Refuses('not_found'));
}
