import { Component, inject, input, linkedSignal, output } from '@angular/core';
import { type Account } from '@echo/contract';
import { CurrentSession } from '@echo/web-chat-client';
import { Attempt, momentWords, Outcome, TextField } from '@echo/web-forms';
import { AccountApi } from '../account-api';

/** Who it is, as others see them. */
@Component({
  selector: 'echo-name-section',
  imports: [Outcome, TextField],
  providers: [Attempt],
  templateUrl: './name-section.html',
})
export class NameSection {
  private readonly api = inject(AccountApi);
  private readonly session = inject(CurrentSession);
  protected readonly attempt = inject(Attempt);

  readonly account = input.required<Account>();
  readonly changed = output();

  protected readonly name = linkedSignal(() => this.account().name);
  protected readonly momentWords = momentWords;

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    const work = async () => this.session.update(await this.api.rename(this.name().trim()));
    if (await this.attempt.run(work, { fields: { '/name': [] }, said: 'Your name is changed.' })) this.changed.emit();
  }
}
