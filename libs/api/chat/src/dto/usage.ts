import {
  type ConversationUsage,
  type Cost,
  type Fallback,
  RUN_ERROR_CODES,
  type RunErrorCode,
  type RunTiming,
  type Usage,
} from '@echo/contract';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export const COST = { type: () => CostDto, nullable: true, description: 'null when nobody knows the price.' } as const;
export const FALLBACK = {
  type: () => FallbackDto,
  nullable: true,
  description: 'Set when another model answered than was asked for.',
} as const;
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

export class CostDto implements Cost {
  @ApiProperty({ example: 0.000135 })
  amount!: number;

  @ApiProperty({ example: 'USD' })
  currency!: string;
}

export class FallbackDto implements Fallback {
  @ApiProperty({ description: '`provider/model` that was asked for.', example: 'openai/gpt-4' })
  asked!: string;

  @ApiProperty({ enum: RUN_ERROR_CODES, description: 'Why it did not answer.' })
  reason!: RunErrorCode;
}

export class RunTimingDto implements RunTiming {
  @ApiProperty({ type: 'integer', nullable: true, description: 'Until its first text; null when none came.' })
  first_content_ms!: number | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description:
      'From its first thought to the first word of its answer, or to its end where none came; null when it did not think, or nobody knows.',
  })
  reasoning_ms!: number | null;

  @ApiProperty({ type: 'integer' })
  total_ms!: number;
}

export class ConversationUsageDto implements ConversationUsage {
  @ApiProperty({ type: 'integer' })
  input_tokens!: number;

  @ApiProperty({ type: 'integer' })
  output_tokens!: number;

  @ApiProperty({ description: 'Whether some of the tokens are a guess of ours.' })
  estimated!: boolean;

  @ApiProperty({ type: [CostDto], description: 'Of each currency one; empty where nobody knows a price.' })
  costs!: CostDto[];
}
