import { OneTimeLinkStore, UserStore } from '@echo/api-persistence';
import { newToken } from '@echo/api-security';
import { Injectable } from '@nestjs/common';
import { AccountsSettings } from '../accounts-settings';

const MINUTES = 60;

/** The link that makes the first administrator. There is no other way to become one, and no password that a fresh server comes with. */
@Injectable()
export class SetupLink {
  private isSetUp = false;

  constructor(
    private readonly settings: AccountsSettings,
    private readonly users: UserStore,
    private readonly links: OneTimeLinkStore,
  ) {}

  /** Whether nobody has an account yet. Once somebody has, one administrator always stays. */
  async isNeeded(): Promise<boolean> {
    if (this.settings.auth === 'none' || this.isSetUp) return false;
    this.isSetUp = await this.users.isAnybodyThere();
    return !this.isSetUp;
  }

  /** A line for the log with a new link; undefined where nothing is to be set up. */
  async offer(origin: string): Promise<string | undefined> {
    if (!(await this.isNeeded())) return undefined;
    const { token, hash: tokenHash } = newToken();
    await this.links.create({ kind: 'setup', tokenHash, seconds: MINUTES * 60 });
    const url = `${this.settings.publicUrl ?? origin}/setup#token=${token}`;
    return `Nobody has an account here yet. Within ${MINUTES} minutes this link makes the first administrator, once: ${url}`;
  }
}
