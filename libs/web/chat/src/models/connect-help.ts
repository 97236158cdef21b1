import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type ProviderList } from '@echo/contract';
import { CurrentSession } from '@echo/web-chat-client';
import { Icon } from '../icon/icon';

/** How to get from the Guide to a model: servers found on the server's machine, providers with a problem, and the way to the settings. */
@Component({
  selector: 'echo-connect-help',
  imports: [Icon, RouterLink],
  templateUrl: './connect-help.html',
  styleUrl: './connect-help.css',
})
export class ConnectHelp {
  protected readonly session = inject(CurrentSession);

  readonly providers = input.required<ProviderList>();

  protected readonly unhealthy = computed(() => this.providers().providers.filter((provider) => !provider.healthy));
  protected readonly hasProvider = computed(() => this.providers().providers.some(({ kind }) => kind === 'model'));
}
