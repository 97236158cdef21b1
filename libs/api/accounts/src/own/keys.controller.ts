import { ApiKeyStore, AuditLog, TooManyKeysError } from '@echo/api-persistence';
import { Access, Asker, checkName, FIELDS, newApiKey, Refusal, Refuses, type Requester, STORAGE, TEXT, WRITE } from '@echo/api-security';
import { type ApiKeyList, type CreatedApiKey, LIMITS } from '@echo/contract';
import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { AccountsStanding } from '../access/accounts-standing';
import { WithAccounts } from '../access/with-accounts.guard';
import { ApiKeyListDto, CreateApiKeyRequestDto, CreatedApiKeyDto, KEY_DAYS } from '../dto/own';
import { nothingThere } from '../people/uuid';
import { apiKeyOf } from '../people/views';

const ID = /^[0-9A-Za-z]{8}$/;

/** API keys of whoever asks. A key cannot make keys: only a person who signed in can. */
@ApiTags('account')
@Controller('account/keys')
export class KeysController {
  constructor(
    private readonly store: ApiKeyStore,
    private readonly standing: AccountsStanding,
    private readonly audit: AuditLog,
  ) {}

  @Get()
  @Access('user')
  @WithAccounts()
  @ApiOperation({ operationId: 'listKeys', summary: 'List your API keys' })
  @ApiOkResponse({ type: ApiKeyListDto })
  @Refuses(...STORAGE)
  async list(@Asker() { userId }: Requester): Promise<ApiKeyList> {
    return { keys: (await this.store.list(userId)).map(apiKeyOf) };
  }

  @Post()
  @HttpCode(201)
  @Access('user')
  @WithAccounts()
  @ApiOperation({ operationId: 'createKey', summary: 'Make an API key; it is shown this once' })
  @ApiCreatedResponse({ type: CreatedApiKeyDto })
  @Refuses('invalid_value', 'too_many_keys', ...TEXT, ...FIELDS, ...WRITE, ...STORAGE)
  async create(@Asker() asker: Requester, @Body() body: CreateApiKeyRequestDto): Promise<CreatedApiKey> {
    const { name, scopes, expires_in_days: days = KEY_DAYS.unlessSaid } = body;
    checkName(name, LIMITS.keyNameChars, '/name');
    if (scopes.includes('admin') && asker.role !== 'administrator') {
      const detail = 'Only keys of administrators can have the scope admin.';
      throw Refusal.ofFields([{ pointer: '/scopes', code: 'invalid_value', detail }]);
    }
    const { key, id, hash } = newApiKey();
    const row = await this.store.create({ id, userId: asker.userId, keyHash: hash, name: name.trim(), scopes, days }).catch(refuseMore);
    await this.audit.record(asker, { action: 'key.create', target: `key:${id}`, detail: `${scopes.join(' ')}, ${days} days` });
    return { ...apiKeyOf(row), key };
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('user')
  @WithAccounts()
  @ApiOperation({ operationId: 'revokeKey', summary: 'Revoke an API key; it works no more at once' })
  @ApiParam({ name: 'id', type: String })
  @ApiNoContentResponse()
  @Refuses(...WRITE, ...STORAGE)
  async revoke(@Asker() asker: Requester, @Param('id') id: string): Promise<void> {
    if (!ID.test(id) || !(await this.store.delete(asker.userId, id))) throw nothingThere();
    await this.standing.look();
    await this.audit.record(asker, { action: 'key.revoke', target: `key:${id}` });
  }
}

function refuseMore(error: unknown): never {
  if (!(error instanceof TooManyKeysError)) throw error;
  throw new Refusal(
    'too_many_keys',
    `You have ${LIMITS.keysPerPerson} keys, as many as one person may. Revoke one that nothing uses any more.`,
  );
}
