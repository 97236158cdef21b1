import { inject, Injectable } from '@angular/core';
import { type ModelRules } from '@echo/contract';
import { ApiClient } from '@echo/web-chat-client';

/** Which model is the usual one, which stand in for others, and which are for everybody. Everything rejects with `ApiProblem`. */
@Injectable({ providedIn: 'root' })
export class ModelRulesApi {
  private readonly api = inject(ApiClient);

  get(signal?: AbortSignal): Promise<ModelRules> {
    return this.api.get('/admin/model-rules', signal);
  }

  /** What is absent stays. */
  change(rules: Partial<ModelRules>): Promise<ModelRules> {
    return this.api.patch('/admin/model-rules', rules);
  }
}
