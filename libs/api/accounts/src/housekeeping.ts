import { RateLimits, SessionStore } from '@echo/api-persistence';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AccountsSettings } from './accounts-settings';

const EVERY_MS = 10 * 60_000;

/** Forgets sessions, links, keys and counters whose time is over. */
@Injectable()
export class Housekeeping implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Housekeeping.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly settings: AccountsSettings,
    private readonly sessions: SessionStore,
    private readonly limits: RateLimits,
  ) {}

  onApplicationBootstrap(): void {
    if (this.settings.auth === 'accounts') this.timer = setInterval(() => void this.tidy(), EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  async tidy(): Promise<void> {
    try {
      await this.sessions.tidy();
      await this.limits.tidy();
    } catch (error) {
      // The database is away: the next time comes.
      this.logger.debug(`Nothing could be tidied: ${String(error)}`);
    }
  }
}
