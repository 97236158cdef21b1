import { LedgerStore } from '@echo/api-persistence';
import { Access, Asker, invalidParameter, type Query as QueryText, Refuses, type Requester, STORAGE, textOf } from '@echo/api-security';
import { type TeamUsageReport, type UsageReport } from '@echo/contract';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { TeamUsageReportDto, UsageReportDto } from './usage.dto';
import { usageRangeOf } from './usage-range';
import { teamUsageReport, usageReport } from './usage-report';

const FROM = {
  name: 'from',
  required: false,
  schema: { type: 'string', format: 'date' },
  description: 'The first day, in UTC; 29 days before the last unless given.',
} as const;
const TO = {
  name: 'to',
  required: false,
  schema: { type: 'string', format: 'date' },
  description: 'The last day, in UTC; today unless given.',
} as const;
const USER = {
  name: 'user',
  required: false,
  schema: { type: 'string', format: 'uuid' },
  description: 'Only what this person used.',
} as const;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What answers took and cost. */
@ApiTags('usage')
@Controller()
export class UsageController {
  constructor(private readonly ledger: LedgerStore) {}

  @Get('usage')
  @Access('user', { scope: 'usage:read' })
  @ApiOperation({ operationId: 'getUsage', summary: 'What one’s own answers took and cost, by day and by model' })
  @ApiQuery(FROM)
  @ApiQuery(TO)
  @ApiOkResponse({ type: UsageReportDto })
  @Refuses('invalid_value', ...STORAGE)
  async own(@Asker() asker: Requester, @Query() query: QueryText): Promise<UsageReport> {
    const range = usageRangeOf(query);
    return usageReport(range, await this.ledger.sums({ ...range, ownerId: asker.userId }));
  }

  @Get('admin/usage')
  @Access('administrator', { scope: 'usage:read' })
  @ApiOperation({ operationId: 'getTeamUsage', summary: 'What all answers took and cost, by day, by model and by person' })
  @ApiQuery(FROM)
  @ApiQuery(TO)
  @ApiQuery(USER)
  @ApiOkResponse({ type: TeamUsageReportDto })
  @Refuses('invalid_value', ...STORAGE)
  async team(@Query() query: QueryText): Promise<TeamUsageReport> {
    const range = usageRangeOf(query);
    const ownerId = textOf(query, 'user');
    if (ownerId !== undefined && !UUID.test(ownerId)) throw invalidParameter('user', 'Give the id of an account.');
    const sums = await this.ledger.sums({ ...range, ...(ownerId === undefined ? {} : { ownerId }) });
    const ids = new Set(sums.flatMap((sum) => sum.ownerId ?? []));
    return teamUsageReport(range, sums, await this.ledger.users([...ids]));
  }
}
