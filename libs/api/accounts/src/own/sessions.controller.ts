import { AuditLog, SessionStore } from '@echo/api-persistence';
import { Access, Asker, Refuses, type Requester, STORAGE, WRITE } from '@echo/api-security';
import { type SessionList } from '@echo/contract';
import { Controller, Delete, Get, HttpCode, Param } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { AccountsStanding } from '../access/accounts-standing';
import { WithAccounts } from '../access/with-accounts.guard';
import { SessionListDto } from '../dto/own';
import { nothingThere, UuidPipe } from '../people/uuid';
import { sessionOf } from '../people/views';

/** Where whoever asks is signed in. */
@ApiTags('account')
@Controller('account/sessions')
export class SessionsController {
  constructor(
    private readonly store: SessionStore,
    private readonly standing: AccountsStanding,
    private readonly audit: AuditLog,
  ) {}

  @Get()
  @Access('user')
  @WithAccounts()
  @ApiOperation({ operationId: 'listSessions', summary: 'List where you are signed in' })
  @ApiOkResponse({ type: SessionListDto })
  @Refuses(...STORAGE)
  async list(@Asker() { userId, sessionId }: Requester): Promise<SessionList> {
    return { sessions: (await this.store.list(userId)).map((row) => sessionOf(row, sessionId)) };
  }

  @Delete()
  @HttpCode(204)
  @Access('user')
  @WithAccounts()
  @ApiOperation({ operationId: 'endOtherSessions', summary: 'Sign out everywhere else' })
  @ApiNoContentResponse()
  @Refuses(...WRITE, ...STORAGE)
  async endOthers(@Asker() asker: Requester): Promise<void> {
    const ended = await this.store.deleteAll(asker.userId, asker.sessionId);
    await this.standing.look();
    await this.audit.record(asker, { action: 'session.end', target: `user:${asker.userId}`, detail: `${ended} other sessions` });
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('user')
  @WithAccounts()
  @ApiOperation({ operationId: 'endSession', summary: 'End one of your sessions' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiNoContentResponse()
  @Refuses(...WRITE, ...STORAGE)
  async end(@Asker() asker: Requester, @Param('id', UuidPipe) id: string): Promise<void> {
    if (!(await this.store.delete(asker.userId, id))) throw nothingThere();
    await this.standing.look();
    await this.audit.record(asker, { action: 'session.end', target: `session:${id}` });
  }
}
