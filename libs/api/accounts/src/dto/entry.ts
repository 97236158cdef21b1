import { Text } from '@echo/api-security';
import {
  type AcceptInvitationRequest,
  type CurrentUser,
  type InvitationOffer,
  LIMITS,
  type PasswordResetRequest,
  type Role,
  ROLES,
  type SessionState,
  type SetupRequest,
  type SignInRequest,
  type SignOutResponse,
  type SignUpRequest,
} from '@echo/contract';
import { ApiProperty } from '@nestjs/swagger';

const EMAIL = { maxLength: LIMITS.emailChars, example: 'ada@example.org' };
const NAME = { maxLength: LIMITS.personNameChars, example: 'Ada Lovelace' };
const NEW_PASSWORD = { minLength: LIMITS.passwordMinChars, maxLength: LIMITS.passwordMaxChars };
const TOKEN = { description: 'What stands behind `#token=` in the link.' };

export class CurrentUserDto implements CurrentUser {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String, nullable: true, description: 'null: the local user, where there are no accounts.' })
  email!: string | null;

  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: ROLES })
  role!: Role;
}

class SingleSignOnDto {
  @ApiProperty({ description: 'What its button says.' })
  name!: string;

  @ApiProperty({ description: 'Where it leads.' })
  url!: string;
}

export class SessionStateDto implements SessionState {
  @ApiProperty({ enum: ['none', 'accounts'] })
  auth!: 'none' | 'accounts';

  @ApiProperty({ type: CurrentUserDto, nullable: true, description: 'null: sign in first.' })
  user!: CurrentUserDto | null;

  @ApiProperty({ description: 'Nobody has an account yet: the link in the server’s log makes the first administrator.' })
  setup_needed!: boolean;

  @ApiProperty({ description: 'Whether anybody may make an account of their own.' })
  sign_up!: boolean;

  @ApiProperty({ description: 'Whether e-mail and password are a way in: for the one who is signed in, or where nobody is, for anybody.' })
  password_sign_in!: boolean;

  @ApiProperty({ type: SingleSignOnDto, nullable: true })
  single_sign_on!: SingleSignOnDto | null;

  @ApiProperty({ description: 'Whether the page came over plain HTTP from another machine.' })
  plain_http!: boolean;
}

export class SignInRequestDto implements SignInRequest {
  @Text(EMAIL)
  email!: string;

  @Text({})
  password!: string;

  @Text({ required: false, description: 'Six digits of the authenticator, or a recovery code.' })
  code?: string;
}

export class SignUpRequestDto implements SignUpRequest {
  @Text(EMAIL)
  email!: string;

  @Text(NAME)
  name!: string;

  @Text(NEW_PASSWORD)
  password!: string;
}

export class SetupRequestDto extends SignUpRequestDto implements SetupRequest {
  @Text(TOKEN)
  token!: string;
}

export class AcceptInvitationRequestDto extends SignUpRequestDto implements AcceptInvitationRequest {
  @Text(TOKEN)
  token!: string;
}

export class InvitationRequestDto {
  @Text(TOKEN)
  token!: string;
}

export class InvitationOfferDto implements InvitationOffer {
  @ApiProperty({ type: String, nullable: true, description: 'The address that it is bound to; null: any.' })
  email!: string | null;

  @ApiProperty({ enum: ROLES })
  role!: Role;

  @ApiProperty()
  invited_by!: string;

  @ApiProperty({ format: 'date-time' })
  expires_at!: string;
}

export class PasswordResetRequestDto implements PasswordResetRequest {
  @Text(TOKEN)
  token!: string;

  @Text(NEW_PASSWORD)
  password!: string;
}

export class SignOutResponseDto implements SignOutResponse {
  @ApiProperty({ type: String, nullable: true, description: 'Where to go so that single sign-on ends as well; null: nowhere.' })
  redirect_url!: string | null;
}
