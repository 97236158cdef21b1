import { Access, Asker, type Query, Refuses, type Requester, STORAGE, textOf, WRITE } from '@echo/api-security';
import { type Run } from '@echo/contract';
import { Controller, Get, HttpCode, type MessageEvent, Param, Post, Query as QueryParameters, Req, Sse } from '@nestjs/common';
import { ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import { type Request } from 'express';
import { EMPTY, type Observable } from 'rxjs';
import { ChatService } from './chat.service';
import { RunDto } from './dto/responses';
import { AnswersWithRun } from './http/documented';
import { seqOf } from './http/list-query';
import { RunId } from './http/path-id';
import { MAX_PENDING_CHARS, RunStreams } from './http/run-streams';

const ID = { name: 'id', schema: { type: 'string' as const, format: 'uuid' }, description: 'The run’s id.' };

/** Answers being made, and made. */
@ApiTags('runs')
@Controller('runs')
export class RunsController {
  constructor(
    private readonly chat: ChatService,
    private readonly streams: RunStreams,
  ) {}

  @Get(':id')
  @Access('user', { scope: 'chat:read' })
  @ApiOperation({ operationId: 'getRun', summary: 'Read how a run stands' })
  @ApiParam(ID)
  @ApiOkResponse({ type: RunDto })
  @Refuses('run_not_found', ...STORAGE)
  async read(@Asker() asker: Requester, @Param('id', RunId) id: string): Promise<Run> {
    return this.chat.find(asker, id);
  }

  @Post(':id/stop')
  @Access('user', { scope: 'chat:write' })
  @HttpCode(200)
  @ApiOperation({ operationId: 'stopRun', summary: 'Stop a run; what was said is kept. Stopping twice, or too late, changes nothing' })
  @ApiParam(ID)
  @ApiOkResponse({ type: RunDto })
  @Refuses('run_not_found', ...WRITE, ...STORAGE)
  async stop(@Asker() asker: Requester, @Param('id', RunId) id: string): Promise<Run> {
    return this.chat.stop(asker, id);
  }

  @Sse(':id/events', { maxPendingDataLength: MAX_PENDING_CHARS })
  @Access('user', { scope: 'chat:read' })
  @ApiOperation({ operationId: 'followRun', summary: 'Follow a run: what was said after an event, then what is being said' })
  @ApiParam(ID)
  @ApiQuery({
    name: 'after',
    required: false,
    schema: { type: 'integer', minimum: 0 },
    description: 'Number of the last event that was seen; 0 for all.',
  })
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'The same as `after`, which counts if both are given.' })
  @AnswersWithRun()
  @ApiNoContentResponse({ description: 'There is nothing more.' })
  @Refuses('invalid_cursor', 'invalid_value', 'run_not_found', 'events_expired', ...STORAGE)
  async events(
    @Asker() asker: Requester,
    @Param('id', RunId) id: string,
    @QueryParameters() query: Query,
    @Req() request: Request,
  ): Promise<Observable<MessageEvent>> {
    const seen = textOf(query, 'after') ?? request.headers['last-event-id'];
    const after = seen === undefined ? 0 : seqOf(String(seen));
    if (await this.chat.hasMore(asker, id, after)) return this.streams.open(request, asker, id, after);
    request.res?.status(204);
    return EMPTY;
  }
}
