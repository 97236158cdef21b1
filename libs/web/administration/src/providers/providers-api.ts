import { inject, Injectable } from '@angular/core';
import {
  type ChangedProvider,
  type CreateProviderRequest,
  type ProviderSetup,
  type ProviderSetupList,
  type ProviderTest,
  type TestProviderRequest,
  type UpdateProviderRequest,
} from '@echo/contract';
import { ApiClient } from '@echo/web-chat-client';

/** The providers of this installation. Everything rejects with `ApiProblem`. */
@Injectable({ providedIn: 'root' })
export class ProvidersApi {
  private readonly api = inject(ApiClient);

  list(signal?: AbortSignal): Promise<ProviderSetupList> {
    return this.api.get('/admin/providers', signal);
  }

  create(request: CreateProviderRequest): Promise<ProviderSetup> {
    return this.api.post('/admin/providers', { body: request });
  }

  update(id: string, change: UpdateProviderRequest): Promise<ChangedProvider> {
    return this.api.patch(`/admin/providers/${encodeURIComponent(id)}`, change);
  }

  remove(id: string): Promise<void> {
    return this.api.delete(`/admin/providers/${encodeURIComponent(id)}`);
  }

  /** Asks one that is not stored for one word. Takes up to 45 s. */
  test(request: TestProviderRequest, signal: AbortSignal): Promise<ProviderTest> {
    return this.api.post('/admin/providers/test', { body: request, signal });
  }

  /** Asks a stored one, as it would be after the change. */
  testStored(id: string, change: UpdateProviderRequest, signal: AbortSignal): Promise<ProviderTest> {
    return this.api.post(`/admin/providers/${encodeURIComponent(id)}/test`, { body: change, signal });
  }
}
