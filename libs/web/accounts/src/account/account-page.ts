import { Component, DestroyRef, inject, signal } from '@angular/core';
import { type Account } from '@echo/contract';
import { Attempt, Outcome } from '@echo/web-forms';
import { AccountApi } from '../account-api';
import { DeleteSection } from './delete-section';
import { NameSection } from './name-section';
import { PasswordSection } from './password-section';
import { SecondFactorSection } from './second-factor-section';
import { SessionsSection } from './sessions-section';

/** What a person has here, and how it is protected. */
@Component({
  selector: 'echo-account-page',
  imports: [DeleteSection, NameSection, Outcome, PasswordSection, SecondFactorSection, SessionsSection],
  providers: [Attempt],
  templateUrl: './account-page.html',
})
export class AccountPage {
  private readonly api = inject(AccountApi);
  private readonly abort = new AbortController();
  protected readonly attempt = inject(Attempt);

  protected readonly account = signal<Account | undefined>(undefined);

  constructor() {
    inject(DestroyRef).onDestroy(() => this.abort.abort());
    void this.load();
  }

  protected async load(): Promise<void> {
    await this.attempt.run(async () => this.account.set(await this.api.read(this.abort.signal)));
  }
}
