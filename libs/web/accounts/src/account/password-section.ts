import { Component, computed, inject, input, signal } from '@angular/core';
import { Attempt, Outcome, TextField } from '@echo/web-forms';
import { AccountApi } from '../account-api';
import { passwordWords } from '../form/password-words';

/** Another password. */
@Component({
  selector: 'echo-password-section',
  imports: [Outcome, TextField],
  providers: [Attempt],
  templateUrl: './password-section.html',
})
export class PasswordSection {
  private readonly api = inject(AccountApi);
  protected readonly attempt = inject(Attempt);

  /** For the password manager: whose it is. */
  readonly email = input.required<string>();

  protected readonly current = signal('');
  protected readonly next = signal('');
  protected readonly words = computed(() => passwordWords(this.next()));

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    const request = { current_password: this.current(), new_password: this.next() };
    const isChanged = await this.attempt.run(() => this.api.changePassword(request), {
      fields: { '/current_password': ['wrong_password'], '/new_password': ['weak_password'] },
      said: 'The password is changed. All your other sessions have ended.',
    });
    if (!isChanged) return;
    this.current.set('');
    this.next.set('');
  }
}
