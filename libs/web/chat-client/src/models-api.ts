import { inject, Injectable } from '@angular/core';
import { type ModelList, type ProviderList, type ServerInfo } from '@echo/contract';
import { ApiClient } from './api-client';

/** What can be chosen, and who answers. Everything rejects with `ApiProblem`. */
@Injectable({ providedIn: 'root' })
export class ModelsApi {
  readonly #api = inject(ApiClient);

  providers(signal?: AbortSignal): Promise<ProviderList> {
    return this.#api.get('/chat/providers', signal);
  }

  models(signal?: AbortSignal): Promise<ModelList> {
    return this.#api.get('/models', signal);
  }

  server(signal?: AbortSignal): Promise<ServerInfo> {
    return this.#api.get('/version', signal);
  }
}
