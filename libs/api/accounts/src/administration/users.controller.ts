import { AuditLog, type UserRow, UserStore } from '@echo/api-persistence';
import {
  Access,
  Asker,
  badCursor,
  checkName,
  FIELDS,
  limitOf,
  pageOf,
  type Query,
  readCursor,
  Refuses,
  type Requester,
  searchOf,
  STORAGE,
  TEXT,
  WRITE,
  writeCursor,
} from '@echo/api-security';
import { LIMITS, type Page, type User } from '@echo/contract';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Query as QueryParameters } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import { AccountsStanding } from '../access/accounts-standing';
import { WithAccounts } from '../access/with-accounts.guard';
import { UpdateUserRequestDto, UserDto, UserPageDto } from '../dto/administration';
import { AccountRemoval, sayLast } from '../people/account-removal';
import { RunStops } from '../people/run-stops';
import { isUuid, nothingThere, UuidPipe } from '../people/uuid';
import { userOf } from '../people/views';
import { changesOf } from './changes';
import { CURSOR, ID, LIMIT } from './documented';

/** People who have an account, as administrators see and change them. What they wrote is not to be seen here, nor anywhere else. */
@ApiTags('administration')
@Controller('admin/users')
export class UsersController {
  constructor(
    private readonly users: UserStore,
    private readonly removal: AccountRemoval,
    private readonly runs: RunStops,
    private readonly standing: AccountsStanding,
    private readonly audit: AuditLog,
  ) {}

  @Get()
  @Access('administrator', { scope: 'admin' })
  @WithAccounts()
  @ApiOperation({ operationId: 'listUsers', summary: 'List people, the oldest account first' })
  @ApiQuery({ name: 'q', required: false, type: String, description: 'Text that the name or the address contains, in any case.' })
  @ApiQuery(CURSOR)
  @ApiQuery(LIMIT)
  @ApiOkResponse({ type: UserPageDto })
  @Refuses('invalid_cursor', 'invalid_value', 'too_long', 'nul_character', 'lone_surrogate', ...STORAGE)
  async list(@QueryParameters() query: Query): Promise<Page<User>> {
    const limit = limitOf(query);
    const search = searchOf(query);
    const after = placeOf(query);
    const rows = await this.users.list({ limit: limit + 1, ...(search ? { query: search } : {}), ...(after ? { after } : {}) });
    return pageOf(rows, limit, userOf, (last) => writeCursor([last.createdAt.getTime(), last.id]));
  }

  @Get(':id')
  @Access('administrator', { scope: 'admin' })
  @WithAccounts()
  @ApiOperation({ operationId: 'getUser', summary: 'Read one person' })
  @ApiParam(ID)
  @ApiOkResponse({ type: UserDto })
  @Refuses(...STORAGE)
  async read(@Param('id', UuidPipe) id: string): Promise<User> {
    return userOf(await this.find(id));
  }

  @Patch(':id')
  @Access('administrator', { scope: 'admin' })
  @WithAccounts()
  @ApiOperation({ operationId: 'updateUser', summary: 'Change somebody’s name or role, or shut them out and let them in again' })
  @ApiParam(ID)
  @ApiOkResponse({ type: UserDto })
  @Refuses('last_administrator', 'invalid_value', ...TEXT, ...FIELDS, ...WRITE, ...STORAGE)
  async update(@Asker() asker: Requester, @Param('id', UuidPipe) id: string, @Body() body: UpdateUserRequestDto): Promise<User> {
    if (body.name !== undefined) checkName(body.name, LIMITS.personNameChars, '/name');
    const before = await this.users
      .change(id, { ...body, ...(body.name === undefined ? {} : { name: body.name.trim() }) })
      .catch((error) => {
        throw sayLast(error);
      });
    if (!before) throw nothingThere();
    const after = await this.find(id);
    await this.standing.look();
    if (after.status === 'disabled') await this.runs.ask(id);
    const detail = changesOf(before, after);
    if (detail !== '') await this.audit.record(asker, { action: 'user.change', target: `user:${id}`, detail });
    return userOf(after);
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('administrator', { scope: 'admin' })
  @WithAccounts()
  @ApiOperation({ operationId: 'deleteUser', summary: 'Delete somebody’s account and everything in it, for good' })
  @ApiParam(ID)
  @ApiNoContentResponse()
  @Refuses('last_administrator', ...WRITE, ...STORAGE)
  async remove(@Asker() asker: Requester, @Param('id', UuidPipe) id: string): Promise<void> {
    if (!(await this.removal.remove(id))) throw nothingThere();
    await this.audit.record(asker, { action: 'user.delete', target: `user:${id}` });
  }

  private async find(id: string): Promise<UserRow> {
    const user = await this.users.find(id);
    if (!user) throw nothingThere();
    return user;
  }
}

function placeOf(query: Query): { readonly createdAt: Date; readonly id: string } | undefined {
  const parts = readCursor(query);
  if (parts === undefined) return undefined;
  const [time, id] = parts;
  if (typeof time !== 'number' || !(Math.abs(time) < 8e15) || typeof id !== 'string' || !isUuid(id)) throw badCursor();
  return { createdAt: new Date(time), id };
}
