import { Refusal, Refuses } from '@echo/api-security';
import { applyDecorators, type CanActivate, Injectable, UseGuards } from '@nestjs/common';
import { AccountsSettings } from '../accounts-settings';

/** Routes that only a server with accounts has. */
@Injectable()
export class WithAccountsGuard implements CanActivate {
  constructor(private readonly settings: AccountsSettings) {}

  canActivate(): boolean {
    if (this.settings.auth === 'accounts') return true;
    throw new Refusal('not_found', 'This server has no accounts. An operator turns them on by ECHO_AUTH=accounts.');
  }
}

/** The route is there only where there are accounts. */
export function WithAccounts(): MethodDecorator {
  return applyDecorators(UseGuards(WithAccountsGuard), Refuses('not_found'));
}
