import {
  type ContentEvent,
  type DoneEvent,
  type ErrorEvent,
  FINISH_REASONS,
  type FinishReason,
  type ReasoningEvent,
  RUN_ERROR_CODES,
  type RunErrorCode,
  type StartEvent,
  type StatusEvent,
} from '@echo/contract';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { TextFindingsDto } from './findings';
import { CostDto, UsageDto } from './usage';

export class StartEventDto implements StartEvent {
  @ApiProperty({ enum: ['start'] })
  type!: 'start';

  @ApiProperty({ type: 'integer', example: 123 })
  conversation_id!: number;

  @ApiProperty({ type: 'integer', example: 456, description: 'The answer’s message.' })
  message_id!: number;

  @ApiProperty({ format: 'uuid' })
  run_id!: string;

  @ApiProperty({ example: 'openai' })
  provider!: string;

  @ApiProperty({ example: 'gpt-4' })
  model!: string;

  @ApiPropertyOptional({
    type: 'integer',
    description:
      'The newest message that the model is not given: it and those before do not fit into its context. Absent: it is given all.',
  })
  memory_after?: number;

  @ApiPropertyOptional({ type: TextFindingsDto, description: 'What was found in the prompt that began this run; absent: nothing.' })
  findings?: TextFindingsDto;
}

export class ContentEventDto implements ContentEvent {
  @ApiProperty({ example: 'Hello', description: 'The next piece of the answer.' })
  chunk!: string;

  @ApiProperty({ enum: ['content'] })
  type!: 'content';
}

export class ReasoningEventDto implements ReasoningEvent {
  @ApiProperty({ description: 'The next piece of the model’s reasoning.' })
  chunk!: string;

  @ApiProperty({ enum: ['reasoning'] })
  type!: 'reasoning';
}

export class StatusEventDto implements StatusEvent {
  @ApiProperty({ enum: ['status'] })
  type!: 'status';

  @ApiProperty({ enum: ['queued', 'connecting', 'retrying', 'fallback'] })
  status!: StatusEvent['status'];

  @ApiPropertyOptional({ enum: RUN_ERROR_CODES, description: 'The trouble that made us retry or fall back.' })
  reason?: RunErrorCode;

  @ApiPropertyOptional({ type: 'integer', description: 'Milliseconds until the next try.' })
  wait_ms?: number;

  @ApiPropertyOptional({ description: '`provider/model` that is asked now.' })
  model?: string;

  @ApiPropertyOptional({ type: 'integer', description: 'Of a fallback: as in `start`, for the model that is asked now.' })
  memory_after?: number;
}

export class DoneEventDto implements DoneEvent {
  @ApiProperty({ enum: ['done'] })
  type!: 'done';

  @ApiProperty({ enum: FINISH_REASONS })
  finish_reason!: FinishReason;

  @ApiProperty({ type: UsageDto })
  usage!: UsageDto;

  @ApiPropertyOptional({ type: CostDto, description: 'Absent when nobody knows the price.' })
  cost?: CostDto;

  @ApiProperty({ type: 'integer', example: 123 })
  conversation_id!: number;
}

export class ErrorEventDto implements ErrorEvent {
  @ApiProperty({ enum: ['error'] })
  type!: 'error';

  @ApiProperty({ description: 'A sentence a person can act on.' })
  message!: string;

  @ApiProperty({ enum: RUN_ERROR_CODES })
  code!: RunErrorCode;

  @ApiProperty()
  retryable!: boolean;

  @ApiProperty({ description: 'Whether some of the answer’s text came and was kept.' })
  partial!: boolean;
}

/** Every event of the wire, by its `type`. */
export const EVENT_DTOS = {
  start: StartEventDto,
  content: ContentEventDto,
  reasoning: ReasoningEventDto,
  status: StatusEventDto,
  done: DoneEventDto,
  error: ErrorEventDto,
} as const;
