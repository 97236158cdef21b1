import { Access, Refuses } from '@echo/api-security';
import { Replica } from '@echo/api-chat';
import { Database } from '@echo/api-persistence';
import { ModelRegistry } from '@echo/api-providers';
import { type Health } from '@echo/contract';
import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type Response } from 'express';

export class HealthDto implements Health {
  @ApiProperty({ enum: ['ok', 'unavailable'] })
  status!: 'ok' | 'unavailable';

  @ApiProperty({ type: [String], description: 'What is missing, in words; empty when nothing is.' })
  problems!: string[];

  @ApiProperty({
    type: [String],
    description: 'What works less well than it should and is no reason to send requests elsewhere, in words.',
  })
  warnings!: string[];
}

/** Whether this process should be restarted (live) and whether it should be sent requests (ready). */
@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(
    private readonly replica: Replica,
    private readonly database: Database,
    private readonly registry: ModelRegistry,
  ) {}

  @Get('live')
  @Access('public')
  @ApiOperation({ operationId: 'live', summary: 'The process runs' })
  @ApiOkResponse({ type: HealthDto })
  @Refuses()
  live(): Health {
    return { status: 'ok', problems: [], warnings: [] };
  }

  @Get('ready')
  @Access('public')
  @ApiOperation({ operationId: 'ready', summary: 'The process takes requests: database there, migrated, not about to stop' })
  @ApiOkResponse({ type: HealthDto })
  @ApiResponse({ status: 503, description: 'It does not take requests now.', type: HealthDto })
  @Refuses()
  async ready(@Res({ passthrough: true }) response: Response): Promise<Health> {
    const problems = [
      ...(this.replica.isDraining ? ['The server is about to stop.'] : []),
      ...((await this.database.ping()) ? [] : ['The database cannot be reached.']),
      ...(this.replica.isReady || this.replica.isDraining ? [] : ['The server is still starting.']),
    ];
    if (problems.length > 0) response.status(503);
    return { status: problems.length > 0 ? 'unavailable' : 'ok', problems, warnings: this.warnings };
  }

  /** Everybody may ask: how many, and not which. */
  private get warnings(): string[] {
    const pauses = [...this.registry.pauses().values()];
    const paused = pauses.filter((pause) => pause !== null).length;
    return paused === 0 ? [] : [`Of ${pauses.length} providers ${paused} failed in a row and will be asked again in some seconds.`];
  }
}
