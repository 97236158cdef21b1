import { StandingStore } from '@echo/api-persistence';
import { type Requester, Standing } from '@echo/api-security';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';

/** Milliseconds between two looks: two may fail, and the third still comes within 15 s. */
const LOOK_MS = 4_000;

interface Watched {
  readonly requester: Requester;
  readonly onEnd: () => void;
}

/** Looks at all open requests of this replica at once, for as long as there are any. */
@Injectable()
export class AccountsStanding extends Standing implements OnApplicationShutdown {
  private readonly logger = new Logger(AccountsStanding.name);
  private readonly watched = new Set<Watched>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly store: StandingStore) {
    super();
  }

  watch(requester: Requester, onEnd: () => void): () => void {
    const each = { requester, onEnd };
    this.watched.add(each);
    this.timer ??= setInterval(() => void this.look(), LOOK_MS).unref();
    return () => {
      this.watched.delete(each);
      if (this.watched.size === 0) this.rest();
    };
  }

  /** Ends the requests of those who may not come in any more. To be called at once after whatever took that from somebody. */
  async look(): Promise<void> {
    if (this.watched.size === 0) return;
    const asked = [...this.watched];
    try {
      const ids = (of: 'sessionId' | 'keyId') => [...new Set(asked.flatMap(({ requester }) => requester[of] ?? []))];
      const roles = await this.store.roles(ids('sessionId'), ids('keyId'));
      for (const each of asked) if (!mayStay(each.requester, roles) && this.watched.delete(each)) each.onEnd();
      if (this.watched.size === 0) this.rest();
    } catch (error) {
      // The database is away: nobody can be found to have lost anything, and the next look comes soon.
      this.logger.debug(`Open requests could not be looked at: ${String(error)}`);
    }
  }

  onApplicationShutdown(): void {
    this.rest();
  }

  private rest(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }
}

/** Whether the way in is still good, and gives the role that it gave. */
function mayStay({ sessionId, keyId, role }: Requester, roles: ReadonlyMap<string, string>): boolean {
  const id = keyId ?? sessionId;
  return id !== undefined && roles.get(id) === role;
}
