import { inject, Injectable } from '@angular/core';
import { type TeamUsageReport, type UsageReport } from '@echo/contract';
import { ApiClient } from '@echo/web-chat-client';

/** Days, as `2026-11-23`, in UTC; both belong to it. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

/** What answers took and cost. Everything rejects with `ApiProblem`. */
@Injectable({ providedIn: 'root' })
export class UsageApi {
  private readonly api = inject(ApiClient);

  own({ from, to }: DayRange, signal?: AbortSignal): Promise<UsageReport> {
    return this.api.get(`/usage?${new URLSearchParams({ from, to }).toString()}`, signal);
  }

  /** Of all people, or of the one with this id. */
  team({ from, to }: DayRange, user: string | undefined, signal?: AbortSignal): Promise<TeamUsageReport> {
    const query = { from, to, ...(user === undefined ? {} : { user }) };
    return this.api.get(`/admin/usage?${new URLSearchParams(query).toString()}`, signal);
  }
}
