import { AuditLog, SecondFactorStore, UserStore } from '@echo/api-persistence';
import { Access, Asker, checkName, FIELDS, Refuses, type Requester, STORAGE, TEXT, WRITE } from '@echo/api-security';
import { type Account, LIMITS } from '@echo/contract';
import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { WithAccounts } from '../access/with-accounts.guard';
import { AccountDto, UpdateAccountRequestDto } from '../dto/own';
import { accountOf } from '../people/views';
import { Proofs } from './proofs';

/** The account of whoever asks. */
@ApiTags('account')
@Controller('account')
export class AccountController {
  constructor(
    private readonly users: UserStore,
    private readonly factors: SecondFactorStore,
    private readonly proofs: Proofs,
    private readonly audit: AuditLog,
  ) {}

  @Get()
  @Access('user')
  @WithAccounts()
  @ApiOperation({ operationId: 'getAccount', summary: 'Read your account' })
  @ApiOkResponse({ type: AccountDto })
  @Refuses(...STORAGE)
  async read(@Asker() { userId }: Requester): Promise<Account> {
    return accountOf(await this.proofs.user(userId), await this.factors.countCodes(userId));
  }

  @Patch()
  @Access('user')
  @WithAccounts()
  @ApiOperation({ operationId: 'renameAccount', summary: 'Change your name' })
  @ApiOkResponse({ type: AccountDto })
  @Refuses(...TEXT, ...FIELDS, ...WRITE, ...STORAGE)
  async rename(@Asker() asker: Requester, @Body() { name }: UpdateAccountRequestDto): Promise<Account> {
    checkName(name, LIMITS.personNameChars, '/name');
    await this.users.rename(asker.userId, name.trim());
    await this.audit.record(asker, { action: 'user.change', target: `user:${asker.userId}`, detail: 'name' });
    return this.read(asker);
  }
}
