import { Component, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import { type SignUpRequest } from '@echo/contract';
import { Attempt, Outcome, TextField } from '@echo/web-forms';
import { passwordWords } from '../form/password-words';

/** What everybody gives who begins here: an address, a name, a password. */
@Component({
  selector: 'echo-person-form',
  imports: [Outcome, TextField],
  providers: [Attempt],
  templateUrl: './person-form.html',
  styleUrl: './entry-parts.css',
})
export class PersonForm {
  protected readonly attempt = inject(Attempt);

  /** What the button says. */
  readonly action = input.required<string>();
  /** The address that it must be; null: any. */
  readonly fixedEmail = input<string | null>(null);
  /** Sends it to the server. */
  readonly enter = input.required<(person: SignUpRequest) => Promise<void>>();
  readonly entered = output();

  protected readonly email = linkedSignal(() => this.fixedEmail() ?? '');
  protected readonly name = signal('');
  protected readonly password = signal('');
  protected readonly words = computed(() => passwordWords(this.password()));

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    const person = { email: this.email().trim(), name: this.name().trim(), password: this.password() };
    const fields = { '/email': ['email_taken'], '/name': [], '/password': ['weak_password'] } as const;
    if (await this.attempt.run(() => this.enter()(person), { fields })) this.entered.emit();
  }
}
