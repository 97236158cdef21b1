import { Component, DestroyRef, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { type ChangedProvider, type ProviderSetupList } from '@echo/contract';
import { Attempt, Outcome } from '@echo/web-forms';
import { ProviderFields } from './provider-fields';
import { ProviderForm } from './provider-form';
import { ProvidersApi } from './providers-api';

/** Changes a provider that an administrator added. */
@Component({
  selector: 'echo-edit-provider-page',
  imports: [Outcome, ProviderForm, RouterLink],
  providers: [Attempt],
  templateUrl: './edit-provider-page.html',
})
export class EditProviderPage {
  private readonly api = inject(ProvidersApi);
  private readonly router = inject(Router);
  private readonly abort = new AbortController();
  private change: ChangedProvider | undefined;
  protected readonly attempt = inject(Attempt);

  /** The provider's id, from the address. */
  readonly id = input.required<string>();

  protected readonly list = signal<ProviderSetupList | undefined>(undefined);
  protected readonly setup = computed(() => this.list()?.providers.find(({ id }) => id === this.id()));
  protected readonly isFixed = computed(() => this.setup()?.origin === 'environment');
  protected readonly fields = computed(() => {
    const setup = this.setup();
    return setup && !this.isFixed() ? new ProviderFields(setup) : undefined;
  });
  protected readonly test = (signal: AbortSignal) => this.api.testStored(this.id(), this.fields()?.update() ?? {}, signal);
  protected readonly save = async () => {
    this.change = await this.api.update(this.id(), this.fields()?.update() ?? {});
  };

  constructor() {
    inject(DestroyRef).onDestroy(() => this.abort.abort());
    effect(() => {
      this.id();
      untracked(() => void this.load());
    });
  }

  protected async load(): Promise<void> {
    await this.attempt.run(async () => this.list.set(await this.api.list(this.abort.signal)));
  }

  protected async leave(): Promise<void> {
    const { provider, secrets_cleared } = this.change ?? {};
    const forgotten = secrets_cleared ? ' What was stored of key, headers and query for the other host is forgotten.' : '';
    await this.router.navigate(['/settings/providers'], { state: { said: `${provider?.name} is saved.${forgotten}` } });
  }
}
