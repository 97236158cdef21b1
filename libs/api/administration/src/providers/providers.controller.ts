import { AuditLog } from '@echo/api-persistence';
import { Access, Asker, FIELDS, Refuses, type Requester, STORAGE, TEXT, WRITE } from '@echo/api-security';
import { type ChangedProvider, type ProviderSetup, type ProviderSetupList, type ProviderTest } from '@echo/contract';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { type Request } from 'express';
import { ProviderDirectory } from './provider-directory';
import { CreateProviderRequestDto, TestProviderRequestDto, UpdateProviderRequestDto } from './requests';
import { ChangedProviderDto, ProviderSetupDto, ProviderSetupListDto, ProviderTestDto } from './responses';

const ID = { name: 'id', type: String, example: 'openai' } as const;
const BODY = ['invalid_value', ...TEXT, ...FIELDS, ...WRITE, ...STORAGE] as const;

/** Providers that are added, changed and tested while the server runs. Keys go in and never come out. */
@ApiTags('administration')
@Controller('admin/providers')
export class ProvidersController {
  constructor(
    private readonly directory: ProviderDirectory,
    private readonly audit: AuditLog,
  ) {}

  @Get()
  @Access('administrator', { scope: 'admin' })
  @ApiOperation({ operationId: 'listProviderSetups', summary: 'List all providers with their settings' })
  @ApiOkResponse({ type: ProviderSetupListDto })
  @Refuses(...STORAGE)
  list(): Promise<ProviderSetupList> {
    return this.directory.list();
  }

  @Post()
  @HttpCode(201)
  @Access('administrator', { scope: 'admin' })
  @ApiOperation({ operationId: 'createProvider', summary: 'Add a provider; it can be used at once' })
  @ApiCreatedResponse({ type: ProviderSetupDto })
  @Refuses('provider_exists', ...BODY)
  async create(@Asker() asker: Requester, @Body() body: CreateProviderRequestDto): Promise<ProviderSetup> {
    const provider = await this.directory.create(body);
    await this.audit.record(asker, { action: 'provider.create', target: `provider:${provider.id}` });
    return provider;
  }

  @Post('test')
  @HttpCode(200)
  @Access('administrator', { scope: 'admin' })
  @ApiOperation({ operationId: 'testProvider', summary: 'Ask a provider that is not stored for one word' })
  @ApiOkResponse({ type: ProviderTestDto })
  @Refuses(...BODY)
  test(@Req() request: Request, @Body() body: TestProviderRequestDto): Promise<ProviderTest> {
    return this.directory.test(body, untilLeft(request));
  }

  @Patch(':id')
  @Access('administrator', { scope: 'admin' })
  @ApiOperation({ operationId: 'updateProvider', summary: 'Change a provider, or switch it on and off' })
  @ApiParam(ID)
  @ApiOkResponse({ type: ChangedProviderDto })
  @Refuses('provider_not_found', 'provider_not_editable', ...BODY)
  async update(@Asker() asker: Requester, @Param('id') id: string, @Body() body: UpdateProviderRequestDto): Promise<ChangedProvider> {
    const changed = await this.directory.update(id, body);
    const fields = Object.entries(body).flatMap(([name, value]) => (value === undefined ? [] : [name]));
    const detail = `${fields.join(', ')}${changed.secrets_cleared ? '; secrets forgotten' : ''}`;
    await this.audit.record(asker, { action: 'provider.change', target: `provider:${id}`, detail });
    return changed;
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('administrator', { scope: 'admin' })
  @ApiOperation({ operationId: 'deleteProvider', summary: 'Remove a provider with its key. Conversations stay' })
  @ApiParam(ID)
  @ApiNoContentResponse()
  @Refuses('provider_not_found', 'provider_not_editable', ...WRITE, ...STORAGE)
  async remove(@Asker() asker: Requester, @Param('id') id: string): Promise<void> {
    await this.directory.remove(id);
    await this.audit.record(asker, { action: 'provider.remove', target: `provider:${id}` });
  }

  @Post(':id/test')
  @HttpCode(200)
  @Access('administrator', { scope: 'admin' })
  @ApiOperation({ operationId: 'testStoredProvider', summary: 'Ask a provider for one word, as it would be after a change' })
  @ApiParam(ID)
  @ApiOkResponse({ type: ProviderTestDto })
  @Refuses('provider_not_found', ...BODY)
  testStored(@Req() request: Request, @Param('id') id: string, @Body() body: UpdateProviderRequestDto): Promise<ProviderTest> {
    return this.directory.testStored(id, body, untilLeft(request));
  }
}

/** Aborted when who asked has gone: nobody waits for the outcome then. */
function untilLeft(request: Request): AbortSignal {
  const abort = new AbortController();
  request.res?.on('close', () => abort.abort());
  return abort.signal;
}
