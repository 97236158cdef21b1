import { Component, inject, output, signal } from '@angular/core';
import { type OneTimeLink, type Role } from '@echo/contract';
import { Attempt, momentWords, Outcome, TextField } from '@echo/web-forms';
import { AdministrationApi } from '../administration-api';
import { ShownOnce } from '../form/shown-once';

/** A new invitation, and its link. */
@Component({
  selector: 'echo-invitation-form',
  imports: [Outcome, ShownOnce, TextField],
  providers: [Attempt],
  templateUrl: './invitation-form.html',
})
export class InvitationForm {
  private readonly api = inject(AdministrationApi);
  protected readonly attempt = inject(Attempt);

  readonly created = output();

  protected readonly email = signal('');
  protected readonly role = signal<Role>('user');
  protected readonly days = signal(7);
  protected readonly lengths = [1, 7, 30];
  /** Made just now: the only time that it is seen. */
  protected readonly link = signal<OneTimeLink | undefined>(undefined);
  protected readonly momentWords = momentWords;

  protected setRole(value: string): void {
    this.role.set(value === 'administrator' ? 'administrator' : 'user');
  }

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    const email = this.email().trim();
    const request = { ...(email === '' ? {} : { email }), role: this.role(), expires_in_days: this.days() };
    const isMade = await this.attempt.run(async () => this.link.set(await this.api.invite(request)), {
      fields: { '/email': ['email_taken'], '/role': [], '/expires_in_days': [] },
      said: 'The invitation is made. Its link is shown this once.',
    });
    if (!isMade) return;
    this.email.set('');
    this.role.set('user');
    this.created.emit();
  }
}
