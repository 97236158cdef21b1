import { Component, DestroyRef, inject, signal } from '@angular/core';
import { type UserSession } from '@echo/contract';
import { Attempt, Outcome, timeWords } from '@echo/web-forms';
import { AccountApi } from '../account-api';

/** Where the person is signed in. */
@Component({
  selector: 'echo-sessions-section',
  imports: [Outcome],
  providers: [Attempt],
  templateUrl: './sessions-section.html',
})
export class SessionsSection {
  private readonly api = inject(AccountApi);
  private readonly abort = new AbortController();
  protected readonly attempt = inject(Attempt);

  protected readonly sessions = signal<readonly UserSession[] | undefined>(undefined);
  protected readonly timeWords = timeWords;

  constructor() {
    inject(DestroyRef).onDestroy(() => this.abort.abort());
    void this.load();
  }

  protected async load(): Promise<void> {
    await this.attempt.run(() => this.read());
  }

  protected async end({ id, client }: UserSession): Promise<void> {
    await this.attempt.run(
      async () => {
        await this.api.endSession(id);
        this.sessions.update((all) => all?.filter((session) => session.id !== id));
      },
      { said: `The session of ${client} has ended.` },
    );
  }

  protected async endOthers(): Promise<void> {
    await this.attempt.run(
      async () => {
        await this.api.endOtherSessions();
        await this.read();
      },
      { said: 'All other sessions have ended.' },
    );
  }

  private async read(): Promise<void> {
    this.sessions.set((await this.api.sessions(this.abort.signal)).sessions);
  }
}
