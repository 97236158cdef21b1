import { Component, computed, input, signal } from '@angular/core';
import { type ProviderList } from '@echo/contract';
import { copyText } from '@echo/web-chat-client';
import { Icon } from '../icon/icon';

/** How to get from the Guide to a model: servers found on this machine, providers with a problem, and where the rest is written. */
@Component({ selector: 'echo-connect-help', imports: [Icon], templateUrl: './connect-help.html', styleUrl: './connect-help.css' })
export class ConnectHelp {
  readonly providers = input.required<ProviderList>();

  protected readonly unhealthy = computed(() => this.providers().providers.filter((provider) => !provider.healthy));
  /** The setting that was copied last. */
  protected readonly copied = signal('');

  protected async copy(setting: string): Promise<void> {
    this.copied.set((await copyText(setting)) ? setting : '');
  }
}
