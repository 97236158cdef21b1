import { Component, DestroyRef, inject, signal } from '@angular/core';
import { Router } from '@angular/router';
import { type ProviderSetup, type ProviderSetupList } from '@echo/contract';
import { Attempt, Outcome } from '@echo/web-forms';
import { ANOTHER, type Preset, PRESETS } from './presets';
import { ProviderFields } from './provider-fields';
import { ProviderForm } from './provider-form';
import { ProvidersApi } from './providers-api';

/** Adds a provider: a vendor that is known by name, or any server that speaks one of the protocols. */
@Component({
  selector: 'echo-new-provider-page',
  imports: [Outcome, ProviderForm],
  providers: [Attempt],
  templateUrl: './new-provider-page.html',
  styleUrl: './new-provider-page.css',
})
export class NewProviderPage {
  private readonly api = inject(ProvidersApi);
  private readonly router = inject(Router);
  private readonly abort = new AbortController();
  private made: ProviderSetup | undefined;
  protected readonly attempt = inject(Attempt);

  protected readonly list = signal<ProviderSetupList | undefined>(undefined);
  protected readonly presets = signal<readonly Preset[]>([]);
  protected readonly preset = signal<Preset | undefined>(undefined);
  protected readonly fields = signal(new ProviderFields());
  protected readonly another = ANOTHER;
  protected readonly test = (signal: AbortSignal) => this.api.test(this.fields().test(), signal);
  protected readonly save = async () => {
    this.made = await this.api.create(this.fields().create());
  };

  constructor() {
    inject(DestroyRef).onDestroy(() => this.abort.abort());
    void this.load();
  }

  protected async load(): Promise<void> {
    await this.attempt.run(async () => {
      const list = await this.api.list(this.abort.signal);
      this.presets.set(PRESETS.filter(({ wire }) => list.wires.includes(wire)));
      this.list.set(list);
    });
  }

  protected choose(preset: Preset): void {
    const taken = this.list()?.providers.map(({ id }) => id) ?? [];
    const fields = new ProviderFields(undefined, taken);
    fields.take(preset);
    this.fields.set(fields);
    this.preset.set(preset);
  }

  protected async leave(): Promise<void> {
    const { name, state } = this.made ?? { name: this.fields().name(), state: null };
    const said = state?.problem ? `${name} is saved, but it cannot be used yet.` : `${name} can be used now.`;
    await this.router.navigate(['/settings/providers'], { state: { said } });
  }
}
