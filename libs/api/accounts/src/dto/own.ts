import { Text } from '@echo/api-security';
import {
  type Account,
  type ApiKey,
  type ApiKeyList,
  type ChangePasswordRequest,
  type CreateApiKeyRequest,
  type CreatedApiKey,
  type DeleteAccountRequest,
  KEY_SCOPES,
  type KeyScope,
  LIMITS,
  type RecoveryCodes,
  type SecondFactorOffer,
  type SessionList,
  type UserSession,
} from '@echo/contract';
import { ApiProperty } from '@nestjs/swagger';
import { Days, SomeOf } from '../fields';
import { CurrentUserDto } from './entry';

/** Days that a key works: at most, and unless said. */
export const KEY_DAYS = { most: 365, unlessSaid: 90 } as const;
const MOMENT = { format: 'date-time' };

export class AccountDto extends CurrentUserDto implements Account {
  @ApiProperty({ description: 'False where only single sign-on is a way in.' })
  has_password!: boolean;

  @ApiProperty()
  second_factor!: boolean;

  @ApiProperty({ type: 'integer' })
  recovery_codes_left!: number;

  @ApiProperty()
  single_sign_on!: boolean;

  @ApiProperty(MOMENT)
  created_at!: string;
}

export class UpdateAccountRequestDto {
  @Text({ maxLength: LIMITS.personNameChars })
  name!: string;
}

export class ChangePasswordRequestDto implements ChangePasswordRequest {
  @Text({})
  current_password!: string;

  @Text({ minLength: LIMITS.passwordMinChars, maxLength: LIMITS.passwordMaxChars })
  new_password!: string;
}

export class PasswordDto {
  @Text({})
  password!: string;
}

export class CodeDto {
  @Text({ description: 'Six digits of the authenticator, or a recovery code.' })
  code!: string;
}

export class SecondFactorOfferDto implements SecondFactorOffer {
  @ApiProperty({ description: 'Base32, for typing.' })
  secret!: string;

  @ApiProperty({ description: '`otpauth://…`, for a QR code.' })
  uri!: string;
}

export class RecoveryCodesDto implements RecoveryCodes {
  @ApiProperty({ type: [String], description: 'Shown this once.' })
  recovery_codes!: string[];
}

export class UserSessionDto implements UserSession {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ description: 'The one that asks.' })
  current!: boolean;

  @ApiProperty(MOMENT)
  created_at!: string;

  @ApiProperty(MOMENT)
  last_used_at!: string;

  @ApiProperty(MOMENT)
  expires_at!: string;

  @ApiProperty({ type: String, nullable: true })
  ip!: string | null;

  @ApiProperty({ example: 'Firefox on Linux' })
  client!: string;
}

export class SessionListDto implements SessionList {
  @ApiProperty({ type: [UserSessionDto] })
  sessions!: UserSessionDto[];
}

export class ApiKeyDto implements ApiKey {
  @ApiProperty({ example: 'a1B2c3D4' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ example: 'echo_live_a1B2c3D4' })
  prefix!: string;

  @ApiProperty({ enum: KEY_SCOPES, isArray: true })
  scopes!: KeyScope[];

  @ApiProperty(MOMENT)
  created_at!: string;

  @ApiProperty(MOMENT)
  expires_at!: string;

  @ApiProperty({ ...MOMENT, type: String, nullable: true })
  last_used_at!: string | null;
}

export class ApiKeyListDto implements ApiKeyList {
  @ApiProperty({ type: [ApiKeyDto] })
  keys!: ApiKeyDto[];
}

export class CreateApiKeyRequestDto implements CreateApiKeyRequest {
  @Text({ maxLength: LIMITS.keyNameChars })
  name!: string;

  @SomeOf(KEY_SCOPES, { description: 'What it may do. `admin`: only for administrators.' })
  scopes!: KeyScope[];

  @Days(KEY_DAYS.most, KEY_DAYS.unlessSaid)
  expires_in_days?: number;
}

export class CreatedApiKeyDto extends ApiKeyDto implements CreatedApiKey {
  @ApiProperty({ description: 'Shown this once.', example: 'echo_live_a1B2c3D4_…' })
  key!: string;
}

export class DeleteAccountRequestDto implements DeleteAccountRequest {
  @Text({ description: 'The password, or the e-mail address where there is none.' })
  confirm!: string;
}
