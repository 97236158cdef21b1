import { Component, computed, inject, input, signal } from '@angular/core';
import { AccountApi } from '../account-api';
import { Attempt } from '../form/attempt';
import { Outcome } from '../form/outcome';
import { passwordWords } from '../form/password-words';
import { TextField } from '../form/text-field';

/** Another password. */
@Component({
  selector: 'echo-password-section',
  imports: [Outcome, TextField],
  providers: [Attempt],
  templateUrl: './password-section.html',
  styleUrl: '../form/card-parts.css',
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
