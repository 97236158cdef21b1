import { inject, Injectable } from '@angular/core';
import {
  type AuditEntry,
  type CreateInvitationRequest,
  type InvitationList,
  type OneTimeLink,
  type Page,
  type UpdateUserRequest,
  type User,
} from '@echo/contract';
import { ApiClient, CHAT_SETTINGS } from '@echo/web-chat-client';

export interface AuditQuery {
  /** Id of a user. */
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  /** ISO 8601. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** What administrators see and do. Everything rejects with `ApiProblem`. */
@Injectable({ providedIn: 'root' })
export class AdministrationApi {
  private readonly api = inject(ApiClient);
  private readonly baseUrl = inject(CHAT_SETTINGS).baseUrl;

  users(query: string, cursor?: string, signal?: AbortSignal): Promise<Page<User>> {
    return this.api.get(`/admin/users${search({ q: query, cursor })}`, signal);
  }

  updateUser(id: string, change: UpdateUserRequest): Promise<User> {
    return this.api.patch(`/admin/users/${encodeURIComponent(id)}`, change);
  }

  deleteUser(id: string): Promise<void> {
    return this.api.delete(`/admin/users/${encodeURIComponent(id)}`);
  }

  resetPassword(id: string): Promise<OneTimeLink> {
    return this.api.post(`/admin/users/${encodeURIComponent(id)}/password-reset`);
  }

  endSessions(id: string): Promise<void> {
    return this.api.delete(`/admin/users/${encodeURIComponent(id)}/sessions`);
  }

  endSecondFactor(id: string): Promise<void> {
    return this.api.delete(`/admin/users/${encodeURIComponent(id)}/second-factor`);
  }

  invitations(signal?: AbortSignal): Promise<InvitationList> {
    return this.api.get('/admin/invitations', signal);
  }

  invite(request: CreateInvitationRequest): Promise<OneTimeLink> {
    return this.api.post('/admin/invitations', { body: request });
  }

  revokeInvitation(id: string): Promise<void> {
    return this.api.delete(`/admin/invitations/${encodeURIComponent(id)}`);
  }

  audit(query: AuditQuery, cursor?: string, signal?: AbortSignal): Promise<Page<AuditEntry>> {
    return this.api.get(`/admin/audit${search({ ...query, cursor })}`, signal);
  }

  /** Where the browser gets all entries as JSON lines. */
  get auditExportUrl(): string {
    return `${this.baseUrl}/admin/audit/export`;
  }
}

function search(parameters: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '');
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}
