import { Component, computed, inject, input, output, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type ProviderSetup } from '@echo/contract';
import { Attempt, ConfirmDialog, Outcome } from '@echo/web-forms';
import { ConnectionTest } from './connection-test';
import { describe, standingOf } from './provider-words';
import { ProvidersApi } from './providers-api';

/** One provider: how it stands, and what can be done with it. */
@Component({
  selector: 'echo-provider-row',
  imports: [ConfirmDialog, ConnectionTest, Outcome, RouterLink],
  providers: [Attempt],
  templateUrl: './provider-row.html',
  styleUrl: './provider-row.css',
})
export class ProviderRow {
  private readonly api = inject(ProvidersApi);
  private readonly dialog = viewChild.required(ConfirmDialog);
  protected readonly attempt = inject(Attempt);

  readonly setup = input.required<ProviderSetup>();

  readonly changed = output<ProviderSetup>();
  readonly removed = output<ProviderSetup>();

  protected readonly isFixed = computed(() => this.setup().origin === 'environment');
  protected readonly standing = computed(() => standingOf(this.setup()));
  protected readonly description = computed(() => describe(this.setup()));
  protected readonly ask = (signal: AbortSignal) => this.api.testStored(this.setup().id, {}, signal);

  protected async switch(): Promise<void> {
    const { id, name, enabled } = this.setup();
    const said = enabled ? `${name} is off: nobody can choose it, and its key is kept.` : `${name} is switched on.`;
    await this.attempt.run(async () => this.changed.emit((await this.api.update(id, { enabled: !enabled })).provider), { said });
  }

  protected async remove(): Promise<void> {
    const setup = this.setup();
    const text = 'Its key is forgotten. Conversations with its models stay, and go on with another model.';
    if (!(await this.dialog().ask({ title: `Remove ${setup.name}?`, text, action: 'Remove' }))) return;
    if (await this.attempt.run(() => this.api.remove(setup.id))) this.removed.emit(setup);
  }
}
