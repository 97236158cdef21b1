import { Access, Asker, Refuses, type Requester, STORAGE } from '@echo/api-security';
import { type Allowance, type AllowanceList } from '@echo/contract';
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Allowances } from './allowances';

class AllowanceDto implements Allowance {
  @ApiProperty({
    enum: ['messages', 'live_runs'],
    description: '`messages`: in the running minute. `live_runs`: answers at the same time.',
  })
  name!: 'messages' | 'live_runs';

  @ApiProperty({ type: 'integer', minimum: 1 })
  limit!: number;

  @ApiProperty({ type: 'integer', minimum: 0 })
  remaining!: number;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Seconds until all of it is there again; 0 for `live_runs`.' })
  reset_seconds!: number;
}

export class AllowanceListDto implements AllowanceList {
  @ApiProperty({ type: [AllowanceDto], description: 'Empty where nothing is counted.' })
  allowances!: AllowanceDto[];
}

/** What the asker may still do. */
@ApiTags('account')
@Controller('account/limits')
export class LimitsController {
  constructor(private readonly allowances: Allowances) {}

  @Get()
  @Access('user', { scope: 'usage:read' })
  @ApiOperation({ operationId: 'getLimits', summary: 'What you, or this key, may still do' })
  @ApiOkResponse({ type: AllowanceListDto })
  @Refuses(...STORAGE)
  read(@Asker() asker: Requester): Promise<AllowanceList> {
    return this.allowances.of(asker);
  }
}
