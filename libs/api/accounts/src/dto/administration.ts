import { OneOf, Text } from '@echo/api-security';
import {
  type AuditEntry,
  type CreateInvitationRequest,
  type Invitation,
  type InvitationList,
  LIMITS,
  type OneTimeLink,
  type Page,
  type Role,
  ROLES,
  type UpdateUserRequest,
  type User,
  USER_STATUSES,
  type UserStatus,
} from '@echo/contract';
import { ApiProperty } from '@nestjs/swagger';
import { Days } from '../fields';
import { CurrentUserDto } from './entry';

/** Days that an invitation works: at most, and unless said. */
export const INVITATION_DAYS = { most: 30, unlessSaid: 7 } as const;
const MOMENT = { format: 'date-time' };
const TEXT = { type: String, nullable: true } as const;
const CURSOR = { ...TEXT, description: 'Pass it as `cursor` for the next page; null: this was the last.' } as const;

export class UserDto extends CurrentUserDto implements User {
  @ApiProperty({ enum: USER_STATUSES })
  status!: UserStatus;

  @ApiProperty()
  second_factor!: boolean;

  @ApiProperty()
  single_sign_on!: boolean;

  @ApiProperty(MOMENT)
  created_at!: string;

  @ApiProperty({ ...TEXT, ...MOMENT })
  last_seen_at!: string | null;
}

export class UserPageDto implements Page<User> {
  @ApiProperty({ type: [UserDto] })
  items!: UserDto[];

  @ApiProperty(CURSOR)
  next_cursor!: string | null;
}

export class UpdateUserRequestDto implements UpdateUserRequest {
  @Text({ required: false, maxLength: LIMITS.personNameChars })
  name?: string;

  @OneOf(ROLES, { required: false })
  role?: Role;

  @OneOf(USER_STATUSES, { required: false, description: '`disabled`: they cannot come in, and nothing of theirs is lost.' })
  status?: UserStatus;
}

export class OneTimeLinkDto implements OneTimeLink {
  @ApiProperty({ description: 'Works once, and is shown this once.', example: 'https://chat.example/invitation#token=…' })
  url!: string;

  @ApiProperty(MOMENT)
  expires_at!: string;
}

export class InvitationDto implements Invitation {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ ...TEXT, description: 'The address that it is bound to; null: any.' })
  email!: string | null;

  @ApiProperty({ enum: ROLES })
  role!: Role;

  @ApiProperty()
  invited_by!: string;

  @ApiProperty(MOMENT)
  created_at!: string;

  @ApiProperty(MOMENT)
  expires_at!: string;
}

export class InvitationListDto implements InvitationList {
  @ApiProperty({ type: [InvitationDto] })
  invitations!: InvitationDto[];
}

export class CreateInvitationRequestDto implements CreateInvitationRequest {
  @Text({ required: false, maxLength: LIMITS.emailChars, description: 'Only this address can accept it then.' })
  email?: string;

  @OneOf(ROLES)
  role!: Role;

  @Days(INVITATION_DAYS.most, INVITATION_DAYS.unlessSaid)
  expires_in_days?: number;
}

export class AuditEntryDto implements AuditEntry {
  @ApiProperty({ type: 'integer' })
  id!: number;

  @ApiProperty(MOMENT)
  at!: string;

  @ApiProperty({ ...TEXT, format: 'uuid', description: 'null: the server itself, or nobody known.' })
  actor_id!: string | null;

  @ApiProperty({ ...TEXT, description: 'null also for who was deleted.' })
  actor_name!: string | null;

  @ApiProperty({ example: 'session.create' })
  action!: string;

  @ApiProperty({ ...TEXT, description: 'What it was done to: `user:<id>`, `provider:<id>`.' })
  target!: string | null;

  @ApiProperty({ enum: ['ok', 'refused'] })
  result!: 'ok' | 'refused';

  @ApiProperty({ ...TEXT, description: 'Why it was refused, or what changed. Never content, never a secret.' })
  detail!: string | null;

  @ApiProperty(TEXT)
  ip!: string | null;

  @ApiProperty({ enum: ['session', 'key', 'none'] })
  via!: 'session' | 'key' | 'none';

  @ApiProperty(TEXT)
  request_id!: string | null;
}

export class AuditPageDto implements Page<AuditEntry> {
  @ApiProperty({ type: [AuditEntryDto] })
  items!: AuditEntryDto[];

  @ApiProperty(CURSOR)
  next_cursor!: string | null;
}
