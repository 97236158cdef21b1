import { Component, type ElementRef, computed, inject, input, signal, viewChild } from '@angular/core';
import { type Account } from '@echo/contract';
import { CurrentSession } from '@echo/web-chat-client';
import { Attempt, Outcome, TextField } from '@echo/web-forms';
import { AccountApi } from '../account-api';

/** The end of the account, and of everything in it. */
@Component({
  selector: 'echo-delete-section',
  imports: [Outcome, TextField],
  providers: [Attempt],
  templateUrl: './delete-section.html',
})
export class DeleteSection {
  private readonly api = inject(AccountApi);
  private readonly session = inject(CurrentSession);
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  protected readonly attempt = inject(Attempt);

  readonly account = input.required<Account>();

  protected readonly confirm = signal('');
  protected readonly label = computed(() => (this.account().has_password ? 'Your password' : 'Your e-mail address'));

  protected ask(): void {
    this.attempt.clear();
    this.confirm.set('');
    this.dialog().nativeElement.showModal();
  }

  protected close(): void {
    this.dialog().nativeElement.close();
  }

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    const request = { confirm: this.confirm() };
    const isGone = await this.attempt.run(() => this.api.delete(request), { fields: { '/confirm': ['wrong_password', 'invalid_value'] } });
    if (isGone) this.session.leave();
  }
}
