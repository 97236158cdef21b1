import {
  type ChatRequest,
  type ConversationChatRequest,
  type CreateConversationRequest,
  LIMITS,
  type RegenerateRequest,
  type UpdateConversationRequest,
} from '@echo/contract';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, ValidateBy, ValidateNested } from 'class-validator';
import { Flag, Id, OneOf, Text } from './fields';

const PROVIDER = {
  description: 'Id of a provider. Absent: the conversation’s, else the default.',
  required: false,
  nullable: true,
  example: 'guide',
} as const;
const MODEL = {
  description: 'A model of the provider, or `provider/model`. Absent: the conversation’s, else the default.',
  required: false,
  nullable: true,
  example: 'guide',
} as const;
const STREAM = {
  description: 'true: server-sent events; false: JSON, once the answer is complete.',
  required: false,
  default: false,
} as const;

export class ChatRequestDto implements ChatRequest {
  @Text({
    description: 'What the person says. Stored and sent exactly as given.',
    minLength: 1,
    maxLength: LIMITS.promptChars,
    example: 'Say hello.',
  })
  prompt!: string;

  @Text(PROVIDER)
  provider?: string | null;

  @Text(MODEL)
  model?: string | null;

  @Id({ description: 'The conversation to go on with. Absent: a new one.', required: false, nullable: true, example: 123 })
  conversation_id?: number | null;

  @Id({
    description: 'The message to answer after. Absent: the newest; null: a new first message.',
    required: false,
    nullable: true,
    example: 456,
  })
  parent_id?: number | null;

  @Flag(STREAM)
  stream?: boolean;
}

export class ExchangeMessageDto {
  @OneOf(['user', 'assistant'])
  role!: 'user' | 'assistant';

  @Text({ minLength: 1, maxLength: LIMITS.promptChars, example: 'Say hello.' })
  content!: string;
}

/** Refuses what is no object before the fields of each are looked at. */
function EachIsObject(): PropertyDecorator {
  return ValidateBy({
    name: 'eachIsObject',
    validator: {
      validate: (value: unknown) =>
        Array.isArray(value) && value.every((each) => typeof each === 'object' && each !== null && !Array.isArray(each)),
      defaultMessage: (args) =>
        args?.value === undefined ? 'missing_field|This field is required.' : 'wrong_type|This field must be a list of objects.',
    },
  });
}

export class ConversationChatRequestDto implements ConversationChatRequest {
  @ApiProperty({
    type: () => [ExchangeMessageDto],
    description: 'The exchange so far, oldest first; the last one is the user’s.',
    minItems: 1,
    maxItems: LIMITS.messagesPerConversationPost,
  })
  @EachIsObject()
  @IsArray({ message: 'wrong_type|This field must be a list of objects.' })
  @ArrayMinSize(1, { message: 'empty|Give at least one message.' })
  @ArrayMaxSize(LIMITS.messagesPerConversationPost, { message: `too_long|Give at most ${LIMITS.messagesPerConversationPost} messages.` })
  @ValidateNested({ each: true })
  @Type(() => ExchangeMessageDto)
  messages!: ExchangeMessageDto[];

  @Text(PROVIDER)
  provider?: string | null;

  @Text(MODEL)
  model?: string | null;

  @Flag(STREAM)
  stream?: boolean;
}

export class RegenerateRequestDto implements RegenerateRequest {
  @Text({ ...PROVIDER, description: 'Id of a provider. Absent: the one that answered before.' })
  provider?: string | null;

  @Text({ ...MODEL, description: 'A model of the provider, or `provider/model`. Absent: the one that answered before.' })
  model?: string | null;

  @Flag(STREAM)
  stream?: boolean;
}

export class CreateConversationDto implements CreateConversationRequest {
  @Text({ description: 'Absent: taken from the first prompt.', required: false, maxLength: LIMITS.titleChars, example: 'Plans for spring' })
  title?: string;
}

export class UpdateConversationDto implements UpdateConversationRequest {
  @Text({ required: false, minLength: 1, maxLength: LIMITS.titleChars, example: 'Plans for spring' })
  title?: string;

  @Flag({ description: 'Pinned conversations come first in the list.', required: false })
  pinned?: boolean;

  @Flag({ description: 'Archived conversations are listed apart.', required: false })
  archived?: boolean;
}
