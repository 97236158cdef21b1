import {
  type ChatResponse,
  type Conversation,
  type CreateProviderRequest,
  type DiscoveredServer,
  FINISH_REASONS,
  type FinishReason,
  type Message,
  type MessageRole,
  type Model,
  type ModelList,
  type ModelPrice,
  type Page,
  type Provider,
  type ProviderList,
  PROVIDER_WIRES,
  type ProviderWire,
  type Run,
  RUN_ERROR_CODES,
  RUN_STATUSES,
  type RunError,
  type RunErrorCode,
  type RunStatus,
  type Usage,
} from '@echo/contract';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const TIME = { type: String, format: 'date-time', example: '2026-11-22T09:30:00.000Z' } as const;
const ID = { type: 'integer', minimum: 1, example: 123 } as const;
const RUN_ID = { type: String, format: 'uuid', example: '019a0c1e-7b4a-7cc3-9a51-6f1f2f3f4f5f' } as const;

export class UsageDto implements Usage {
  @ApiProperty({ type: 'integer', minimum: 0, example: 9 })
  input_tokens!: number;

  @ApiProperty({ type: 'integer', minimum: 0, example: 2 })
  output_tokens!: number;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    description: 'Those of the input that the provider had in its cache, where it says so.',
  })
  cached_tokens?: number;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    description: 'Those of the output that the model only thought, where the provider says so.',
  })
  reasoning_tokens?: number;

  @ApiPropertyOptional({ type: Boolean, enum: [true], description: 'Present when the provider gave no figures and these are a guess.' })
  estimated?: true;
}

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

  @ApiProperty(TIME)
  created_at!: string;

  @ApiProperty(TIME)
  updated_at!: string;
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

  @ApiProperty({ type: String, enum: [...FINISH_REASONS, null], nullable: true })
  finish_reason!: FinishReason | null;

  @ApiProperty({ type: () => UsageDto, nullable: true })
  usage!: UsageDto | null;

  @ApiProperty({ type: () => RunErrorDto, nullable: true })
  error!: RunErrorDto | null;

  @ApiProperty({ ...RUN_ID, nullable: true })
  run_id!: string | null;

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

  @ApiProperty({ type: String, enum: [...FINISH_REASONS, null], nullable: true })
  finish_reason!: FinishReason | null;

  @ApiProperty({ type: () => UsageDto, nullable: true })
  usage!: UsageDto | null;

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

export class ProviderDto implements Provider {
  @ApiProperty({ example: 'openai' })
  id!: string;

  @ApiProperty({ example: 'OpenAI' })
  name!: string;

  @ApiProperty({ enum: ['guide', 'model'], description: 'The built-in Guide is not an AI.' })
  kind!: 'guide' | 'model';

  @ApiProperty()
  healthy!: boolean;

  @ApiProperty({ type: String, nullable: true, description: 'Why it is not healthy.' })
  problem!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The model that is used when none is named.' })
  default_model!: string | null;
}

class ConnectServerDto implements Pick<CreateProviderRequest, 'id' | 'wire' | 'base_url'> {
  @ApiProperty({ example: 'ollama' })
  id!: string;

  @ApiProperty({ enum: PROVIDER_WIRES })
  wire!: ProviderWire;

  @ApiProperty({ example: 'http://127.0.0.1:11434' })
  base_url!: string;
}

export class DiscoveredServerDto implements DiscoveredServer {
  @ApiProperty({ example: 'Ollama' })
  name!: string;

  @ApiProperty({ example: 'http://127.0.0.1:11434/v1' })
  base_url!: string;

  @ApiProperty({ type: [String] })
  models!: string[];

  @ApiProperty({
    type: ConnectServerDto,
    description: 'What adds it to the providers: the beginning of a body for `POST /api/admin/providers`.',
  })
  connect!: ConnectServerDto;

  @ApiProperty({ description: 'The setting that connects it.' })
  setting!: string;
}

export class ProviderListDto implements ProviderList {
  @ApiProperty({ type: [ProviderDto] })
  providers!: ProviderDto[];

  @ApiProperty({ description: '`provider/model` that is used when a request names none.', example: 'guide/guide' })
  default_model!: string;

  @ApiProperty({ type: [DiscoveredServerDto], description: 'Servers that answered on this machine. Offered, never used unasked.' })
  discovered!: DiscoveredServerDto[];
}

class ModelPriceDto implements ModelPrice {
  @ApiProperty({ example: 2.5 })
  input!: number;

  @ApiProperty({ example: 10 })
  output!: number;

  @ApiProperty({ type: Number, nullable: true, description: 'For tokens that the vendor had in its cache; null: as the others.' })
  cached_input!: number | null;

  @ApiProperty({ example: 'USD' })
  currency!: string;

  @ApiProperty({ format: 'date', description: 'The day on which the price was true.', example: '2026-01-31' })
  as_of!: string;
}

export class ModelDto implements Model {
  @ApiProperty({ example: 'gpt-4' })
  id!: string;

  @ApiProperty({ example: 'openai' })
  provider!: string;

  @ApiProperty()
  streaming!: boolean;

  @ApiProperty({ description: 'Whether it can go on from the beginning of an answer.' })
  continues!: boolean;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Tokens; null when the vendor does not tell.' })
  context_length!: number | null;

  @ApiProperty({ type: Boolean, nullable: true, description: 'Whether it thinks before it speaks; null when nobody knows.' })
  reasoning!: boolean | null;

  @ApiProperty({ type: () => ModelPriceDto, nullable: true, description: 'Per million tokens; null when nobody knows.' })
  price!: ModelPriceDto | null;
}

class ModelListProblemDto {
  @ApiProperty()
  provider!: string;

  @ApiProperty()
  problem!: string;
}

export class ModelListDto implements ModelList {
  @ApiProperty({ type: [ModelDto] })
  models!: ModelDto[];

  @ApiProperty({ type: [ModelListProblemDto], description: 'Providers that could not list their models now, and why.' })
  problems!: ModelListProblemDto[];
}
