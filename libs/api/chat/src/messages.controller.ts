import { Access, Asker, FIELDS, Refuses, type Requester, STORAGE, WRITE } from '@echo/api-security';
import { type ChatResponse } from '@echo/contract';
import { Body, Controller, HttpCode, type MessageEvent, Param, Post, Req, RequestMethod, Sse, Version } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiHeader, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { type Request } from 'express';
import { type Observable } from 'rxjs';
import { ChatService } from './chat.service';
import { ContinueRequestDto, RegenerateRequestDto } from './dto/requests';
import { ChatResponseDto } from './dto/responses';
import { Answers } from './http/answers';
import { AnswersWithRun, LIMITED, RUN } from './http/documented';
import { IDEMPOTENCY_HEADER, IdempotencyKey } from './http/idempotency-key';
import { MessageId } from './http/path-id';
import { MAX_PENDING_CHARS, RunStreams } from './http/run-streams';
import { STREAM_VERSION } from './http/stream-version';

/** What can be done with one message. */
@ApiTags('messages')
@Controller('messages')
export class MessagesController {
  constructor(
    private readonly chat: ChatService,
    private readonly streams: RunStreams,
    private readonly answers: Answers,
  ) {}

  @Version(STREAM_VERSION)
  @Sse(':id/regenerate', { method: RequestMethod.POST, maxPendingDataLength: MAX_PENDING_CHARS })
  @Access('user', { scope: 'chat:write' })
  @HttpCode(200)
  @ApiExcludeEndpoint()
  async streamRegenerated(
    @Asker() asker: Requester,
    @Param('id', MessageId) id: number,
    @Body() body: RegenerateRequestDto,
    @IdempotencyKey() key: string | undefined,
    @Req() request: Request,
  ): Promise<Observable<MessageEvent>> {
    return this.streams.begin(request, asker, await this.chat.regenerate(asker, id, body, key));
  }

  @Post(':id/regenerate')
  @Access('user', { scope: 'chat:write' })
  @HttpCode(200)
  @ApiOperation({ operationId: 'regenerate', summary: 'Make another answer beside this one (or, for a user’s message, below it)' })
  @ApiParam({ name: 'id', schema: { type: 'integer', minimum: 1 }, description: 'The message’s id.' })
  @ApiHeader(IDEMPOTENCY_HEADER)
  @AnswersWithRun(ChatResponseDto)
  @Refuses('message_not_found', 'run_in_progress', ...RUN, ...LIMITED, ...FIELDS, ...WRITE, ...STORAGE)
  async regenerate(
    @Asker() asker: Requester,
    @Param('id', MessageId) id: number,
    @Body() body: RegenerateRequestDto,
    @IdempotencyKey() key: string | undefined,
    @Req() request: Request,
  ): Promise<ChatResponse> {
    return this.answers.begin(request, asker, await this.chat.regenerate(asker, id, body, key));
  }

  @Version(STREAM_VERSION)
  @Sse(':id/continue', { method: RequestMethod.POST, maxPendingDataLength: MAX_PENDING_CHARS })
  @Access('user', { scope: 'chat:write' })
  @HttpCode(200)
  @ApiExcludeEndpoint()
  async streamContinued(
    @Asker() asker: Requester,
    @Param('id', MessageId) id: number,
    @Body() body: ContinueRequestDto,
    @IdempotencyKey() key: string | undefined,
    @Req() request: Request,
  ): Promise<Observable<MessageEvent>> {
    return this.streams.begin(request, asker, await this.chat.continue(asker, id, body, key));
  }

  @Post(':id/continue')
  @Access('user', { scope: 'chat:write' })
  @HttpCode(200)
  @ApiOperation({
    operationId: 'continue',
    summary: 'Make another answer beside this one, that begins with its text and goes on from there',
  })
  @ApiParam({ name: 'id', schema: { type: 'integer', minimum: 1 }, description: 'The message’s id.' })
  @ApiHeader(IDEMPOTENCY_HEADER)
  @AnswersWithRun(ChatResponseDto)
  @Refuses('message_not_found', 'cannot_continue', 'run_in_progress', ...RUN, ...LIMITED, ...FIELDS, ...WRITE, ...STORAGE)
  async continue(
    @Asker() asker: Requester,
    @Param('id', MessageId) id: number,
    @Body() body: ContinueRequestDto,
    @IdempotencyKey() key: string | undefined,
    @Req() request: Request,
  ): Promise<ChatResponse> {
    return this.answers.begin(request, asker, await this.chat.continue(asker, id, body, key));
  }
}
