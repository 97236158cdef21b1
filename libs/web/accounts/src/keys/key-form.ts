import { Component, computed, inject, output, signal } from '@angular/core';
import { type CreatedApiKey, KEY_SCOPES, type KeyScope } from '@echo/contract';
import { CurrentSession } from '@echo/web-chat-client';
import { Attempt, Outcome, TextField } from '@echo/web-forms';
import { AccountApi } from '../account-api';

const SCOPE_WORDS: Readonly<Record<KeyScope, string>> = {
  'chat:read': 'Read conversations',
  'chat:write': 'Chat: ask, change and delete conversations',
  'models:read': 'See which models there are',
  'usage:read': 'See limits and use',
  admin: 'Administer: users, invitations, providers, audit log',
};
const USUAL: readonly KeyScope[] = ['chat:read', 'chat:write', 'models:read'];

/** A new key: what it is called, what it may do, for how long. */
@Component({
  selector: 'echo-key-form',
  imports: [Outcome, TextField],
  providers: [Attempt],
  templateUrl: './key-form.html',
})
export class KeyForm {
  private readonly api = inject(AccountApi);
  private readonly session = inject(CurrentSession);
  protected readonly attempt = inject(Attempt);

  readonly created = output<CreatedApiKey>();

  protected readonly name = signal('');
  protected readonly chosen = signal<readonly KeyScope[]>(USUAL);
  protected readonly days = signal(90);
  protected readonly lengths = [7, 30, 90, 365];
  protected readonly words = SCOPE_WORDS;
  protected readonly scopes = computed(() => KEY_SCOPES.filter((scope) => scope !== 'admin' || this.session.isAdministrator()));

  protected choose(scope: KeyScope, isChosen: boolean): void {
    this.chosen.update((chosen) => KEY_SCOPES.filter((each) => (each === scope ? isChosen : chosen.includes(each))));
  }

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    const request = { name: this.name().trim(), scopes: this.chosen(), expires_in_days: this.days() };
    const fields = { '/name': [], '/scopes': [], '/expires_in_days': [] };
    const isMade = await this.attempt.run(async () => this.created.emit(await this.api.createKey(request)), { fields });
    if (!isMade) return;
    this.name.set('');
    this.chosen.set(USUAL);
  }
}
