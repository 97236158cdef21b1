import { LastAdministratorError, UserStore } from '@echo/api-persistence';
import { Refusal } from '@echo/api-security';
import { Injectable } from '@nestjs/common';
import { AccountsStanding } from '../access/accounts-standing';
import { RunStops } from './run-stops';

/** Deletes accounts with everything in them. */
@Injectable()
export class AccountRemoval {
  constructor(
    private readonly users: UserStore,
    private readonly standing: AccountsStanding,
    private readonly runs: RunStops,
  ) {}

  /** Returns false when there is no such account. The account is shut first, so that nothing new begins while what is there is taken away. */
  async remove(userId: string): Promise<boolean> {
    try {
      if (!(await this.users.change(userId, { status: 'disabled' }))) return false;
      await this.standing.look();
      await this.runs.wait(userId);
      return await this.users.delete(userId);
    } catch (error) {
      throw sayLast(error);
    }
  }
}

/** The same error, in the words of the API where it has some. */
export function sayLast(error: unknown): unknown {
  if (!(error instanceof LastAdministratorError)) return error;
  return new Refusal('last_administrator', 'This is the last active administrator. Make somebody else one first.');
}
