import { inject, Injectable } from '@angular/core';
import { type Run } from '@echo/contract';
import { ApiClient } from './api-client';

/** Runs by their number. Everything rejects with `ApiProblem`. */
@Injectable({ providedIn: 'root' })
export class RunsApi {
  readonly #api = inject(ApiClient);

  get(id: string, signal?: AbortSignal): Promise<Run> {
    return this.#api.get(`/runs/${encodeURIComponent(id)}`, signal);
  }

  /** Stops a run. Stopping one that has ended changes nothing. */
  stop(id: string, signal?: AbortSignal): Promise<Run | undefined> {
    return this.#api.post(`/runs/${encodeURIComponent(id)}/stop`, { signal });
  }
}
