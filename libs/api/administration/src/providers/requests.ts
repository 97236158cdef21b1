import { Flag, OneOf, Text } from '@echo/api-security';
import {
  type CreateProviderRequest,
  LIMITS,
  PROVIDER_WIRES,
  type ProviderTimes,
  type ProviderWire,
  type TestProviderRequest,
  TOKEN_POLICIES,
  type TokenPolicy,
  type UpdateProviderRequest,
} from '@echo/contract';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsOptional, ValidateNested } from 'class-validator';
import { Seconds, TextByName, Texts } from '../fields';

const DAY = 86_400;
const KEY = 'Kept sealed; never comes back. null takes it away.';
const MODELS = 'The only models that may be used. null: whatever the provider lists.';
const HEADERS = 'Headers that go with every request. Values are kept sealed. null takes them away.';
const QUERY = 'Added to every URL, as gateways and Azure want it. Values are kept sealed. null takes it away.';
const PRIVATE = 'Whether it is on this machine or its network. Metadata services are refused in any case.';
const DEFAULT_MODEL = 'The model that is used when none is named. null: the first of `models`, else a good one of its list.';
const CONTINUES = 'Whether its models go on from the beginning of an answer. null: what is known of the host.';
const WIRE = { description: 'The protocol that it speaks.' };
const URL_TEXT = { description: 'What stands before the paths of its protocol.', example: 'https://api.openai.com/v1' };
const NAME = { description: 'What people read.', maxLength: LIMITS.nameChars, example: 'OpenAI' };
const TOKENS = {
  required: false,
  description:
    '`escape`: template tokens such as `<|im_start|>` go out in a broken spelling, for servers that would take them for their own marks.',
};
const optional = { required: false, nullable: true };

/** Seconds; null: as for all others. */
export class ProviderTimesDto implements Partial<ProviderTimes> {
  @Seconds('Until there is a connection.', 60)
  connect?: number | null;

  @Seconds('Until the first word.', 3_600)
  first_content?: number | null;

  @Seconds('Between two words.', 3_600)
  idle?: number | null;

  @Seconds('For a whole answer.', DAY)
  total?: number | null;
}

export class TestProviderRequestDto implements TestProviderRequest {
  @OneOf(PROVIDER_WIRES, WIRE)
  wire!: ProviderWire;

  @Text(URL_TEXT)
  base_url!: string;

  @Text({ ...optional, description: 'Sent, and not kept.' })
  api_key?: string | null;

  @Texts(MODELS)
  models?: string[] | null;

  @Text({ ...optional, description: DEFAULT_MODEL })
  default_model?: string | null;

  @TextByName(HEADERS)
  headers?: Record<string, string> | null;

  @TextByName(QUERY)
  query?: Record<string, string> | null;

  @Flag({ required: false, default: false, description: PRIVATE })
  allow_private?: boolean;
}

export class CreateProviderRequestDto extends TestProviderRequestDto implements CreateProviderRequest {
  @Text({ description: 'What stands before the `/` of a model’s full name.', pattern: '^[a-z0-9][a-z0-9_-]{0,62}$', example: 'openai' })
  id!: string;

  @Text(NAME)
  name!: string;

  @Flag({ ...optional, description: CONTINUES })
  continues?: boolean | null;

  @OneOf(TOKEN_POLICIES, TOKENS)
  template_tokens?: TokenPolicy;

  @Flag({ required: false, default: true })
  enabled?: boolean;

  @ApiProperty({ type: () => ProviderTimesDto, required: false })
  @IsOptional()
  @ValidateNested()
  @Type(() => ProviderTimesDto)
  times?: ProviderTimesDto;
}

/** What is absent stays. */
export class UpdateProviderRequestDto implements UpdateProviderRequest {
  @Text({ ...NAME, required: false })
  name?: string;

  @OneOf(PROVIDER_WIRES, { ...WIRE, required: false })
  wire?: ProviderWire;

  @Text({
    ...URL_TEXT,
    required: false,
    description: 'Another host makes the key, the headers and the query be forgotten, unless new ones come along.',
  })
  base_url?: string;

  @Text({ ...optional, description: KEY })
  api_key?: string | null;

  @Texts(MODELS)
  models?: string[] | null;

  @Text({ ...optional, description: DEFAULT_MODEL })
  default_model?: string | null;

  @Flag({ ...optional, description: CONTINUES })
  continues?: boolean | null;

  @OneOf(TOKEN_POLICIES, TOKENS)
  template_tokens?: TokenPolicy;

  @TextByName(HEADERS)
  headers?: Record<string, string> | null;

  @TextByName(QUERY)
  query?: Record<string, string> | null;

  @Flag({ required: false, description: PRIVATE })
  allow_private?: boolean;

  @Flag({ required: false })
  enabled?: boolean;

  @ApiProperty({ type: () => ProviderTimesDto, required: false })
  @IsOptional()
  @ValidateNested()
  @Type(() => ProviderTimesDto)
  times?: ProviderTimesDto;
}
