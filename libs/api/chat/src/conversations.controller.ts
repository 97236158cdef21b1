import {
  Access,
  Asker,
  pageOf,
  checkName,
  FIELDS,
  flagOf,
  limitOf,
  type Query,
  Refuses,
  type Requester,
  searchOf,
  STORAGE,
  TEXT,
  WRITE,
} from '@echo/api-security';
import { type ConversationChanges, ConversationStore, type ListedConversation, MessageStore } from '@echo/api-persistence';
import { type Conversation, type ConversationDetails, LIMITS, type Message, type Page } from '@echo/contract';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query as QueryParameters } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import { ChatService } from './chat.service';
import { CreateConversationDto, UpdateConversationDto } from './dto/requests';
import { ConversationDetailsDto, ConversationPageDto, MessagePageDto } from './dto/responses';
import { listPositionOf, messagePositionOf, writeListCursor, writeMessageCursor } from './http/list-query';
import { ConversationId } from './http/path-id';
import { conversationOf, detailsOf, messageOf } from './views';

const ID = { name: 'id', schema: { type: 'integer' as const, minimum: 1 }, description: 'The conversation’s id.' };
const CURSOR = { name: 'cursor', required: false, type: String, description: '`next_cursor` of the page before.' };
const LIMIT = {
  name: 'limit',
  required: false,
  schema: { type: 'integer' as const, minimum: 1, maximum: LIMITS.pageSizeMax, default: LIMITS.pageSizeDefault },
};

/** The asker's conversations. */
@ApiTags('conversations')
@Controller('conversations')
export class ConversationsController {
  constructor(
    private readonly conversations: ConversationStore,
    private readonly messages: MessageStore,
    private readonly chat: ChatService,
  ) {}

  @Get()
  @Access('user', { scope: 'chat:read' })
  @ApiOperation({ operationId: 'listConversations', summary: 'List conversations: pinned ones first, then the most recently used' })
  @ApiQuery({ name: 'q', required: false, type: String, description: 'Text that the title or a message contains, in any case.' })
  @ApiQuery({ name: 'archived', required: false, schema: { type: 'boolean', default: false }, description: 'true: the archived ones.' })
  @ApiQuery(CURSOR)
  @ApiQuery(LIMIT)
  @ApiOkResponse({ type: ConversationPageDto })
  @Refuses('invalid_cursor', 'invalid_value', 'too_long', 'nul_character', 'lone_surrogate', ...STORAGE)
  async list(@Asker() asker: Requester, @QueryParameters() query: Query): Promise<Page<Conversation>> {
    const limit = limitOf(query);
    const search = searchOf(query);
    const after = listPositionOf(query);
    const filter = {
      archived: flagOf(query, 'archived'),
      limit: limit + 1,
      ...(search ? { query: search } : {}),
      ...(after ? { after } : {}),
    };
    return pageOf(await this.conversations.list(asker.userId, filter), limit, conversationOf, (last: ListedConversation) =>
      writeListCursor(last),
    );
  }

  @Post()
  @Access('user', { scope: 'chat:write' })
  @HttpCode(201)
  @ApiOperation({ operationId: 'createConversation', summary: 'Make an empty conversation' })
  @ApiCreatedResponse({ type: ConversationDetailsDto })
  @Refuses(...TEXT, 'invalid_value', ...FIELDS, ...WRITE, ...STORAGE)
  async create(@Asker() asker: Requester, @Body() body: CreateConversationDto): Promise<ConversationDetails> {
    const { title, ...settings } = changesOf(body);
    return detailsOf(await this.conversations.create(asker.userId, title ?? '', settings));
  }

  @Get(':id')
  @Access('user', { scope: 'chat:read' })
  @ApiOperation({ operationId: 'getConversation', summary: 'Read a conversation' })
  @ApiParam(ID)
  @ApiOkResponse({ type: ConversationDetailsDto })
  @Refuses('conversation_not_found', ...STORAGE)
  async read(@Asker() asker: Requester, @Param('id', ConversationId) id: number): Promise<ConversationDetails> {
    return detailsOf(await this.conversations.find(asker.userId, id));
  }

  @Patch(':id')
  @Access('user', { scope: 'chat:write' })
  @ApiOperation({ operationId: 'updateConversation', summary: 'Rename, pin, archive or set up a conversation, or mark it as read' })
  @ApiParam(ID)
  @ApiOkResponse({ type: ConversationDetailsDto })
  @Refuses('conversation_not_found', ...TEXT, 'invalid_value', ...FIELDS, ...WRITE, ...STORAGE)
  async update(
    @Asker() asker: Requester,
    @Param('id', ConversationId) id: number,
    @Body() body: UpdateConversationDto,
  ): Promise<ConversationDetails> {
    return detailsOf(await this.conversations.update(asker.userId, id, changesOf(body)));
  }

  @Delete(':id')
  @Access('user', { scope: 'chat:write' })
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteConversation', summary: 'Delete a conversation with all its messages; its answer is stopped first' })
  @ApiParam(ID)
  @ApiNoContentResponse({ description: 'Gone.' })
  @Refuses('conversation_not_found', ...WRITE, ...STORAGE)
  async remove(@Asker() asker: Requester, @Param('id', ConversationId) id: number): Promise<void> {
    const { liveRunId } = await this.conversations.find(asker.userId, id);
    if (liveRunId) await this.chat.stop(asker, liveRunId);
    await this.conversations.delete(asker.userId, id);
  }

  @Get(':id/messages')
  @Access('user', { scope: 'chat:read' })
  @ApiOperation({ operationId: 'listMessages', summary: 'List the messages of all branches, oldest first' })
  @ApiParam(ID)
  @ApiQuery(CURSOR)
  @ApiQuery(LIMIT)
  @ApiOkResponse({ type: MessagePageDto })
  @Refuses('conversation_not_found', 'invalid_cursor', 'invalid_value', ...STORAGE)
  async listMessages(
    @Asker() asker: Requester,
    @Param('id', ConversationId) id: number,
    @QueryParameters() query: Query,
  ): Promise<Page<Message>> {
    const limit = limitOf(query);
    const after = messagePositionOf(query);
    await this.conversations.find(asker.userId, id);
    const rows = await this.messages.list(asker.userId, id, after, limit + 1);
    return pageOf(rows, limit, messageOf, (last) => writeMessageCursor(last.id));
  }
}

/** What is to be changed, checked. */
function changesOf({ system_prompt, ...body }: CreateConversationDto & UpdateConversationDto): ConversationChanges {
  if (body.title !== undefined) checkName(body.title, LIMITS.titleChars, '/title');
  // An empty one is none.
  if (system_prompt) checkName(system_prompt, LIMITS.systemPromptChars, '/system_prompt');
  return { ...body, ...(system_prompt === undefined ? {} : { systemPrompt: system_prompt || null }) };
}
