import {
  type Cost,
  type DayUsage,
  type ModelUsage,
  type TeamUsageReport,
  type UsageReport,
  type UsageSum,
  type UserUsage,
} from '@echo/contract';
import { ApiProperty } from '@nestjs/swagger';

const COUNT = { type: 'integer', minimum: 0 } as const;
const TEXT = { type: String, nullable: true } as const;

class UsageCostDto implements Cost {
  @ApiProperty({ example: 1.25 })
  amount!: number;

  @ApiProperty({ example: 'USD' })
  currency!: string;
}

class UsageSumDto implements UsageSum {
  @ApiProperty({ ...COUNT, description: 'Answers that ended, however they did.' })
  runs!: number;

  @ApiProperty(COUNT)
  input_tokens!: number;

  @ApiProperty(COUNT)
  output_tokens!: number;

  @ApiProperty({ ...COUNT, description: 'Those of the input that providers had in their caches.' })
  cached_tokens!: number;

  @ApiProperty({ ...COUNT, description: 'Those of the output that models only thought.' })
  reasoning_tokens!: number;

  @ApiProperty({ ...COUNT, description: 'Runs whose tokens are a guess of ours.' })
  estimated_runs!: number;

  @ApiProperty({ ...COUNT, description: 'Runs whose price nobody knew: the costs are without them.' })
  unpriced_runs!: number;

  @ApiProperty({ type: [UsageCostDto], description: 'Of each currency one.' })
  costs!: UsageCostDto[];
}

class DayUsageDto extends UsageSumDto implements DayUsage {
  @ApiProperty({ format: 'date', description: 'In UTC.', example: '2026-01-31' })
  day!: string;
}

class ModelUsageDto extends UsageSumDto implements ModelUsage {
  @ApiProperty({ example: 'openai', description: 'Who answered, also in place of another.' })
  provider!: string;

  @ApiProperty({ example: 'gpt-4' })
  model!: string;
}

class UserUsageDto extends UsageSumDto implements UserUsage {
  @ApiProperty({ format: 'uuid' })
  user_id!: string;

  @ApiProperty({ ...TEXT, description: 'null: the account was deleted.' })
  name!: string | null;

  @ApiProperty(TEXT)
  email!: string | null;
}

export class UsageReportDto implements UsageReport {
  @ApiProperty({ format: 'date' })
  from!: string;

  @ApiProperty({ format: 'date' })
  to!: string;

  @ApiProperty({ type: UsageSumDto })
  total!: UsageSumDto;

  @ApiProperty({ type: [DayUsageDto], description: 'Oldest first; days without a run are left out.' })
  days!: DayUsageDto[];

  @ApiProperty({ type: [ModelUsageDto], description: 'Most output first.' })
  models!: ModelUsageDto[];
}

export class TeamUsageReportDto extends UsageReportDto implements TeamUsageReport {
  @ApiProperty({ type: [UserUsageDto], description: 'Most output first.' })
  users!: UserUsageDto[];
}
