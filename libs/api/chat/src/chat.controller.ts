import { Access, Asker, FIELDS, GUARD, Refuses, type Requester, STORAGE, TEXT, WRITE } from '@echo/api-security';
import { type ChatResponse } from '@echo/contract';
import { Body, Controller, HttpCode, type MessageEvent, Post, Req, RequestMethod, Sse, Version } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Request } from 'express';
import { type Observable } from 'rxjs';
import { ChatService } from './chat.service';
import { ChatRequestDto, ConversationChatRequestDto } from './dto/requests';
import { ChatResponseDto } from './dto/responses';
import { Answers } from './http/answers';
import { AnswersWithRun, LIMITED, RUN } from './http/documented';
import { IDEMPOTENCY_HEADER, IdempotencyKey } from './http/idempotency-key';
import { MAX_PENDING_CHARS, RunStreams } from './http/run-streams';
import { STREAM_VERSION } from './http/stream-version';

/** Takes prompts and gives their answers: as server-sent events where the body says `stream: true`, else as JSON. */
@ApiTags('chat')
@Controller('chat')
export class ChatController {
  constructor(
    private readonly chat: ChatService,
    private readonly streams: RunStreams,
    private readonly answers: Answers,
  ) {}

  @Version(STREAM_VERSION)
  @Sse('', { method: RequestMethod.POST, maxPendingDataLength: MAX_PENDING_CHARS })
  @Access('user', { scope: 'chat:write' })
  @HttpCode(200)
  @ApiExcludeEndpoint()
  async stream(
    @Asker() asker: Requester,
    @Body() body: ChatRequestDto,
    @IdempotencyKey() key: string | undefined,
    @Req() request: Request,
  ): Promise<Observable<MessageEvent>> {
    return this.streams.begin(request, asker, await this.chat.ask(asker, body, key));
  }

  @Post()
  @Access('user', { scope: 'chat:write' })
  @HttpCode(200)
  @ApiOperation({ operationId: 'chat', summary: 'Ask, and get the answer' })
  @ApiHeader(IDEMPOTENCY_HEADER)
  @AnswersWithRun(ChatResponseDto)
  @Refuses(
    'conversation_not_found',
    'message_not_found',
    'run_in_progress',
    ...RUN,
    ...LIMITED,
    ...TEXT,
    ...GUARD,
    ...FIELDS,
    ...WRITE,
    ...STORAGE,
  )
  async answer(
    @Asker() asker: Requester,
    @Body() body: ChatRequestDto,
    @IdempotencyKey() key: string | undefined,
    @Req() request: Request,
  ): Promise<ChatResponse> {
    return this.answers.begin(request, asker, await this.chat.ask(asker, body, key));
  }

  @Version(STREAM_VERSION)
  @Sse('conversation', { method: RequestMethod.POST, maxPendingDataLength: MAX_PENDING_CHARS })
  @Access('user', { scope: 'chat:write' })
  @HttpCode(200)
  @ApiExcludeEndpoint()
  async streamExchange(
    @Asker() asker: Requester,
    @Body() body: ConversationChatRequestDto,
    @IdempotencyKey() key: string | undefined,
    @Req() request: Request,
  ): Promise<Observable<MessageEvent>> {
    return this.streams.begin(request, asker, await this.chat.askAll(asker, body, key));
  }

  @Post('conversation')
  @Access('user', { scope: 'chat:write' })
  @HttpCode(200)
  @ApiOperation({ operationId: 'chatConversation', summary: 'Give a whole exchange, and get the answer; stored as a new conversation' })
  @ApiHeader(IDEMPOTENCY_HEADER)
  @AnswersWithRun(ChatResponseDto)
  @Refuses('invalid_value', ...RUN, ...LIMITED, ...TEXT, ...GUARD, ...FIELDS, ...WRITE, ...STORAGE)
  async answerExchange(
    @Asker() asker: Requester,
    @Body() body: ConversationChatRequestDto,
    @IdempotencyKey() key: string | undefined,
    @Req() request: Request,
  ): Promise<ChatResponse> {
    return this.answers.begin(request, asker, await this.chat.askAll(asker, body, key));
  }
}
