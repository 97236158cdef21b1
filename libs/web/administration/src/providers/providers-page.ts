import { Component, DestroyRef, type ElementRef, computed, inject, signal, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { type DiscoveredServer, type ProviderSetup } from '@echo/contract';
import { ModelsApi } from '@echo/web-chat-client';
import { Attempt, Outcome } from '@echo/web-forms';
import { freeId } from './presets';
import { ProviderRow } from './provider-row';
import { ProvidersApi } from './providers-api';

/** The sources of models: those of the environment, those that administrators added, and servers that were found on the server's machine. */
@Component({
  selector: 'echo-providers-page',
  imports: [Outcome, ProviderRow, RouterLink],
  providers: [Attempt],
  templateUrl: './providers-page.html',
})
export class ProvidersPage {
  private readonly api = inject(ProvidersApi);
  private readonly models = inject(ModelsApi);
  private readonly abort = new AbortController();
  private readonly heading = viewChild.required<ElementRef<HTMLElement>>('heading');
  protected readonly attempt = inject(Attempt);

  protected readonly setups = signal<readonly ProviderSetup[] | undefined>(undefined);
  protected readonly found = signal<readonly DiscoveredServer[]>([]);
  protected readonly isEmpty = computed(() => this.setups()?.length === 0);

  constructor() {
    inject(DestroyRef).onDestroy(() => this.abort.abort());
    // The page of one provider says here what it did.
    const said: unknown = inject(Router).currentNavigation()?.extras.state?.['said'];
    void this.load(typeof said === 'string' ? said : '');
  }

  protected async load(said = ''): Promise<void> {
    await this.attempt.run(() => this.read(), { said });
  }

  /** One click is enough: the server told what it is. */
  protected async connect({ name, connect }: DiscoveredServer): Promise<void> {
    const id = freeId(
      connect.id,
      (this.setups() ?? []).map((setup) => setup.id),
    );
    const work = async () => {
      await this.api.create({ ...connect, id, name, allow_private: true });
      await this.read();
    };
    if (await this.attempt.run(work, { said: `${name} is connected.` })) this.heading().nativeElement.focus();
  }

  protected replace(setup: ProviderSetup): void {
    this.setups.update((all) => all?.map((each) => (each.id === setup.id ? setup : each)));
  }

  protected drop({ id, name }: ProviderSetup): void {
    this.setups.update((all) => all?.filter((each) => each.id !== id));
    this.attempt.say(`${name} is removed.`);
    // Its buttons are gone.
    this.heading().nativeElement.focus();
  }

  private async read(): Promise<void> {
    const { signal } = this.abort;
    const [{ providers }, { discovered }] = await Promise.all([this.api.list(signal), this.models.providers(signal)]);
    this.setups.set(providers);
    this.found.set(discovered);
  }
}
