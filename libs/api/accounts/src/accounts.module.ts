import {
  Argon2Hasher,
  Authenticator,
  basePathOf,
  LocalAuthenticator,
  LocalStanding,
  PasswordHasher,
  SessionCookie,
  Standing,
} from '@echo/api-security';
import { type DynamicModule, Module } from '@nestjs/common';
import { AccountsAuthenticator } from './access/accounts-authenticator';
import { AccountsStanding } from './access/accounts-standing';
import { RefusalRecord } from './access/refusal-record';
import { AccountsSettings, isSecure } from './accounts-settings';
import { AuditController } from './administration/audit.controller';
import { InvitationsController } from './administration/invitations.controller';
import { UserAccessController } from './administration/user-access.controller';
import { UsersController } from './administration/users.controller';
import { AttemptLimits } from './entry/attempt-limits';
import { EnrolmentController } from './entry/enrolment.controller';
import { EnrolmentService } from './entry/enrolment.service';
import { SecondFactors } from './entry/second-factors';
import { SessionController } from './entry/session.controller';
import { Sessions } from './entry/sessions';
import { SetupLink } from './entry/setup-link';
import { SignInService } from './entry/sign-in.service';
import { Housekeeping } from './housekeeping';
import { AccountController } from './own/account.controller';
import { DeletionController } from './own/deletion.controller';
import { KeysController } from './own/keys.controller';
import { PasswordController } from './own/password.controller';
import { Proofs } from './own/proofs';
import { SecondFactorController } from './own/second-factor.controller';
import { SessionsController } from './own/sessions.controller';
import { AccountRemoval } from './people/account-removal';
import { RunStops } from './people/run-stops';
import { IdentityProvider } from './single-sign-on/identity-provider';
import { PreLoginCookie } from './single-sign-on/pre-login';
import { SingleSignOnController } from './single-sign-on/single-sign-on.controller';
import { SingleSignOnService } from './single-sign-on/single-sign-on.service';
import { NO_SINGLE_SIGN_ON, SingleSignOnSettings } from './single-sign-on/single-sign-on-settings';

/** People: how they come in, what is theirs, and who administers them. Persistence, the sealer and the way out to the identity provider come in as modules. */
@Module({})
export class AccountsModule {
  static register(settings: AccountsSettings, imports: DynamicModule['imports']): DynamicModule {
    const withAccounts = settings.auth === 'accounts';
    return {
      module: AccountsModule,
      imports: imports ?? [],
      controllers: [
        SessionController,
        EnrolmentController,
        SingleSignOnController,
        AccountController,
        PasswordController,
        SecondFactorController,
        SessionsController,
        KeysController,
        DeletionController,
        UsersController,
        UserAccessController,
        InvitationsController,
        AuditController,
      ],
      providers: [
        { provide: AccountsSettings, useValue: settings },
        { provide: SessionCookie, useValue: new SessionCookie(isSecure(settings), basePathOf(settings.publicUrl)) },
        { provide: PasswordHasher, useValue: new Argon2Hasher() },
        AccountsAuthenticator,
        AccountsStanding,
        RefusalRecord,
        { provide: Authenticator, ...(withAccounts ? { useExisting: AccountsAuthenticator } : { useClass: LocalAuthenticator }) },
        { provide: Standing, ...(withAccounts ? { useExisting: AccountsStanding } : { useClass: LocalStanding }) },
        { provide: SingleSignOnSettings, useValue: settings.singleSignOn ?? NO_SINGLE_SIGN_ON },
        { provide: PreLoginCookie, useValue: new PreLoginCookie(isSecure(settings), basePathOf(settings.publicUrl)) },
        IdentityProvider,
        SingleSignOnService,
        AttemptLimits,
        SecondFactors,
        SignInService,
        EnrolmentService,
        Sessions,
        SetupLink,
        Proofs,
        AccountRemoval,
        RunStops,
        Housekeeping,
      ],
      exports: [Authenticator, Standing, SetupLink, RefusalRecord],
    };
  }
}
