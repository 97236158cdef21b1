import {
  type ChatResponse,
  type Conversation,
  type ConversationDetails,
  FINISH_REASONS,
  type FinishReason,
  type Message,
  type MessageRole,
  type Page,
  type Run,
  RUN_ERROR_CODES,
  RUN_STATUSES,
  type RunError,
  type RunErrorCode,
  type RunStatus,
} from '@echo/contract';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { TextFindingsDto } from './findings';
import { ConversationUsageDto, COST, CostDto, FALLBACK, FallbackDto, RunTimingDto, UsageDto } from './usage';

const TIME = { type: String, format: 'date-time', example: '2026-11-22T09:30:00.000Z' } as const;
const ID = { type: 'integer', minimum: 1, example: 123 } as const;
const RUN_ID = { type: String, format: 'uuid', example: '019a0c1e-7b4a-7cc3-9a51-6f1f2f3f4f5f' } as const;

const MEMORY = 'The newest message that the model was not given: it and those before did not fit into its context. null: it was given all.';

export class RunErrorDto implements RunError {
  @ApiProperty({ enum: RUN_ERROR_CODES })
  code!: RunErrorCode;

  @ApiProperty({ description: 'A sentence a person can act on.' })
  message!: string;

  @ApiProperty({ description: 'Whether the same request may succeed later.' })
  retryable!: boolean;
}

export class ChatResponseDto implements ChatResponse {
  @ApiProperty({ example: 'Hello there' })
  response!: string;

  @ApiProperty({ example: 'gpt-4' })
  model!: string;

  @ApiProperty({ example: 'openai' })
  provider!: string;

  @ApiProperty(ID)
  conversation_id!: number;

  @ApiProperty({ ...ID, example: 456 })
  message_id!: number;

  @ApiProperty(RUN_ID)
  run_id!: string;

  @ApiProperty({ enum: FINISH_REASONS })
  finish_reason!: FinishReason;

  @ApiProperty({ type: UsageDto })
  usage!: UsageDto;

  @ApiProperty(COST)
  cost!: CostDto | null;

  @ApiPropertyOptional({ type: TextFindingsDto, description: 'What was found in the prompt; absent: nothing.' })
  findings?: TextFindingsDto;
}

export class ConversationDto implements Conversation {
  @ApiProperty(ID)
  id!: number;

  @ApiProperty({ example: 'Plans for spring' })
  title!: string;

  @ApiProperty({ type: String, nullable: true, description: 'The provider that answered last.' })
  provider!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The model that answered last.' })
  model!: string | null;

  @ApiProperty()
  pinned!: boolean;

  @ApiProperty()
  archived!: boolean;

  @ApiProperty({ description: 'Whether an answer ended that its owner has not seen.' })
  unread!: boolean;

  @ApiProperty({ ...RUN_ID, nullable: true, description: 'The run that is answering now.' })
  live_run_id!: string | null;

  @ApiProperty({ type: ConversationUsageDto, description: 'Of all its answers together, those of every branch.' })
  usage!: ConversationUsageDto;

  @ApiProperty(TIME)
  created_at!: string;

  @ApiProperty(TIME)
  updated_at!: string;
}

export class ConversationDetailsDto extends ConversationDto implements ConversationDetails {
  @ApiProperty({ type: String, nullable: true, description: 'What the model is told before the conversation.' })
  system_prompt!: string | null;

  @ApiProperty({ type: Number, nullable: true, description: 'How freely the model chooses its words; null: the model’s own.' })
  temperature!: number | null;
}

export class ConversationPageDto implements Page<Conversation> {
  @ApiProperty({ type: [ConversationDto] })
  items!: ConversationDto[];

  @ApiProperty({ type: String, nullable: true, description: 'Pass it as `cursor` for the next page; null on the last.' })
  next_cursor!: string | null;
}

export class MessageDto implements Message {
  @ApiProperty(ID)
  id!: number;

  @ApiProperty(ID)
  conversation_id!: number;

  @ApiProperty({ ...ID, nullable: true, description: 'null: the first message of a branch.' })
  parent_id!: number | null;

  @ApiProperty({ enum: ['user', 'assistant'] })
  role!: MessageRole;

  @ApiProperty({ description: 'Empty while the run is live: its text is in the run’s events.' })
  content!: string;

  @ApiProperty({ type: String, nullable: true })
  reasoning!: string | null;

  @ApiProperty({ enum: RUN_STATUSES, description: 'How the message’s run stands; `completed` for what a person wrote.' })
  status!: RunStatus;

  @ApiProperty({ type: String, nullable: true })
  provider!: string | null;

  @ApiProperty({ type: String, nullable: true })
  model!: string | null;

  @ApiProperty(FALLBACK)
  fallback!: FallbackDto | null;

  @ApiProperty({ type: String, enum: [...FINISH_REASONS, null], nullable: true })
  finish_reason!: FinishReason | null;

  @ApiProperty({ type: () => UsageDto, nullable: true })
  usage!: UsageDto | null;

  @ApiProperty(COST)
  cost!: CostDto | null;

  @ApiProperty({ type: () => RunTimingDto, nullable: true, description: 'Milliseconds since the run was accepted; null while it is live.' })
  timing!: RunTimingDto | null;

  @ApiProperty({ ...ID, nullable: true, description: MEMORY })
  memory_after!: number | null;

  @ApiProperty({ type: () => RunErrorDto, nullable: true })
  error!: RunErrorDto | null;

  @ApiProperty({ ...RUN_ID, nullable: true })
  run_id!: string | null;

  @ApiProperty({
    type: () => TextFindingsDto,
    nullable: true,
    description: 'What was found in a message that a client gave; null: nothing, or nobody looked.',
  })
  findings!: TextFindingsDto | null;

  @ApiProperty(TIME)
  created_at!: string;
}

export class MessagePageDto implements Page<Message> {
  @ApiProperty({ type: [MessageDto] })
  items!: MessageDto[];

  @ApiProperty({ type: String, nullable: true, description: 'Pass it as `cursor` for the next page; null on the last.' })
  next_cursor!: string | null;
}

export class RunDto implements Run {
  @ApiProperty(RUN_ID)
  id!: string;

  @ApiProperty(ID)
  conversation_id!: number;

  @ApiProperty({ ...ID, description: 'The answer’s message.' })
  message_id!: number;

  @ApiProperty({ enum: RUN_STATUSES })
  status!: RunStatus;

  @ApiProperty({ example: 'openai' })
  provider!: string;

  @ApiProperty({ example: 'gpt-4' })
  model!: string;

  @ApiProperty(FALLBACK)
  fallback!: FallbackDto | null;

  @ApiProperty({ type: String, enum: [...FINISH_REASONS, null], nullable: true })
  finish_reason!: FinishReason | null;

  @ApiProperty({ type: () => UsageDto, nullable: true })
  usage!: UsageDto | null;

  @ApiProperty(COST)
  cost!: CostDto | null;

  @ApiProperty({ type: () => RunErrorDto, nullable: true })
  error!: RunErrorDto | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Number of the last stored event; null while the run is live.' })
  last_seq!: number | null;

  @ApiProperty(TIME)
  created_at!: string;

  @ApiProperty({ ...TIME, nullable: true })
  first_content_at!: string | null;

  @ApiProperty({ ...TIME, nullable: true })
  finished_at!: string | null;
}
