import { type FieldProblem, type Problem, type ProblemCode, PROBLEMS, RUN_ERROR_CODES } from '@echo/contract';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const CODES = Object.keys(PROBLEMS) as ProblemCode[];

export class FieldProblemDto implements FieldProblem {
  @ApiProperty({ description: 'JSON Pointer into the body, or the name of a query parameter.', example: '/prompt' })
  pointer!: string;

  @ApiProperty({ enum: CODES })
  code!: ProblemCode;

  @ApiProperty()
  detail!: string;
}

/** RFC 9457 */
export class ProblemDto implements Problem {
  @ApiProperty({ example: 'about:blank' })
  type!: string;

  @ApiProperty({ example: 'A text is too long' })
  title!: string;

  @ApiProperty({ type: 'integer', example: 422 })
  status!: number;

  @ApiProperty({ enum: CODES, example: 'too_long' })
  code!: ProblemCode;

  @ApiProperty({ description: 'A sentence a person can act on.' })
  detail!: string;

  @ApiProperty({ description: 'Quote it when you ask for help.' })
  request_id!: string;

  @ApiPropertyOptional({ type: [FieldProblemDto] })
  errors?: FieldProblemDto[];

  @ApiPropertyOptional({ format: 'uuid' })
  run_id?: string;

  @ApiPropertyOptional({ type: 'integer' })
  conversation_id?: number;

  @ApiPropertyOptional({ type: 'integer' })
  message_id?: number;

  @ApiPropertyOptional({ description: 'Text that was made before the failure, and is kept.' })
  partial?: string;

  @ApiPropertyOptional({ enum: RUN_ERROR_CODES, description: 'Code of the run’s error, when a run failed.' })
  run_error?: string;
}
