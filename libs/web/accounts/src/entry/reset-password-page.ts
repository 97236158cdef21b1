import { Component, computed, inject, signal } from '@angular/core';
import { Attempt, Outcome, TextField } from '@echo/web-forms';
import { AccountApi } from '../account-api';
import { passwordWords } from '../form/password-words';
import { EntryCard } from './entry-card';
import { takeLinkToken } from './link-token';

/** A new password, with the link of an administrator. */
@Component({
  selector: 'echo-reset-password-page',
  imports: [EntryCard, Outcome, TextField],
  providers: [Attempt],
  templateUrl: './reset-password-page.html',
  styleUrl: './entry-parts.css',
})
export class ResetPasswordPage {
  private readonly api = inject(AccountApi);
  protected readonly attempt = inject(Attempt);

  protected readonly token = takeLinkToken() ?? '';
  protected readonly password = signal('');
  protected readonly words = computed(() => passwordWords(this.password()));
  protected readonly isDone = signal(false);

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    const isSet = await this.attempt.run(() => this.api.resetPassword({ token: this.token, password: this.password() }), {
      fields: { '/password': ['weak_password'] },
      said: 'The new password is set, and all sessions have ended. Sign in with it.',
    });
    if (isSet) this.isDone.set(true);
  }
}
