import { Between, Flag, Id, OneOf, Text } from '@echo/api-security';
import {
  type ChatRequest,
  type ContinueRequest,
  type ConversationChatRequest,
  type CreateConversationRequest,
  LIMITS,
  type RegenerateRequest,
  type UpdateConversationRequest,
} from '@echo/contract';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ValidateBy, ValidateNested } from 'class-validator';

const MAX_MESSAGES = LIMITS.messagesPerConversationPost;

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

/** What is wrong with a list of messages, before each of them is looked at. */
function faultOfList(value: unknown): string | undefined {
  if (value === undefined) return 'missing_field|This field is required.';
  const isObject = (each: unknown): boolean => typeof each === 'object' && each !== null && !Array.isArray(each);
  if (!Array.isArray(value) || !value.every(isObject)) return 'wrong_type|This field must be a list of objects.';
  if (value.length === 0) return 'empty|Give at least one message.';
  return value.length > MAX_MESSAGES ? `too_long|Give at most ${MAX_MESSAGES} messages.` : undefined;
}

/** A list of messages that is neither empty nor too long. */
function MessageList(): PropertyDecorator {
  return ValidateBy({
    name: 'messageList',
    validator: { validate: (value) => faultOfList(value) === undefined, defaultMessage: (args) => faultOfList(args?.value) ?? '' },
  });
}

export class ConversationChatRequestDto implements ConversationChatRequest {
  @ApiProperty({
    type: () => [ExchangeMessageDto],
    description: 'The exchange so far, oldest first; the last one is the user’s.',
    minItems: 1,
    maxItems: MAX_MESSAGES,
  })
  @MessageList()
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

export class ContinueRequestDto extends RegenerateRequestDto implements ContinueRequest {}

const SYSTEM_PROMPT = {
  description: 'What the model is told before the conversation, with every answer. null or empty: nothing.',
  required: false,
  nullable: true,
  maxLength: LIMITS.systemPromptChars,
  example: 'Answer in plain English.',
} as const;
const TEMPERATURE = {
  description: 'How freely the model chooses its words. null: the model’s own.',
  required: false,
  nullable: true,
  example: 0.7,
} as const;

export class CreateConversationDto implements CreateConversationRequest {
  @Text({ description: 'Absent: taken from the first prompt.', required: false, maxLength: LIMITS.titleChars, example: 'Plans for spring' })
  title?: string;

  @Text(SYSTEM_PROMPT)
  system_prompt?: string | null;

  @Between(0, LIMITS.temperatureMax, TEMPERATURE)
  temperature?: number | null;
}

export class UpdateConversationDto implements UpdateConversationRequest {
  @Text({ required: false, minLength: 1, maxLength: LIMITS.titleChars, example: 'Plans for spring' })
  title?: string;

  @Flag({ description: 'Pinned conversations come first in the list.', required: false })
  pinned?: boolean;

  @Flag({ description: 'Archived conversations are listed apart.', required: false })
  archived?: boolean;

  @Flag({ description: 'false: its answers were seen; true marks it as not seen.', required: false })
  unread?: boolean;

  @Text(SYSTEM_PROMPT)
  system_prompt?: string | null;

  @Between(0, LIMITS.temperatureMax, TEMPERATURE)
  temperature?: number | null;
}
