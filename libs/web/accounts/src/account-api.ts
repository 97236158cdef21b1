import { inject, Injectable } from '@angular/core';
import {
  type Account,
  type ApiKeyList,
  type ChangePasswordRequest,
  type CreateApiKeyRequest,
  type CreatedApiKey,
  type DeleteAccountRequest,
  type InvitationOffer,
  type PasswordResetRequest,
  type RecoveryCodes,
  type SecondFactorOffer,
  type SessionList,
} from '@echo/contract';
import { ApiClient } from '@echo/web-chat-client';

/** The account of whoever is signed in, and what one-time links are for. Everything rejects with `ApiProblem`. */
@Injectable({ providedIn: 'root' })
export class AccountApi {
  private readonly api = inject(ApiClient);

  read(signal?: AbortSignal): Promise<Account> {
    return this.api.get('/account', signal);
  }

  rename(name: string): Promise<Account> {
    return this.api.patch('/account', { name });
  }

  changePassword(request: ChangePasswordRequest): Promise<void> {
    return this.api.post('/account/password', { body: request });
  }

  delete(request: DeleteAccountRequest): Promise<void> {
    return this.api.post('/account/delete', { body: request });
  }

  beginSecondFactor(password: string): Promise<SecondFactorOffer> {
    return this.api.post('/account/second-factor', { body: { password } });
  }

  confirmSecondFactor(code: string): Promise<RecoveryCodes> {
    return this.api.post('/account/second-factor/confirm', { body: { code } });
  }

  endSecondFactor(code: string): Promise<void> {
    return this.api.delete('/account/second-factor', { body: { code } });
  }

  renewRecoveryCodes(code: string): Promise<RecoveryCodes> {
    return this.api.post('/account/recovery-codes', { body: { code } });
  }

  sessions(signal?: AbortSignal): Promise<SessionList> {
    return this.api.get('/account/sessions', signal);
  }

  endSession(id: string): Promise<void> {
    return this.api.delete(`/account/sessions/${encodeURIComponent(id)}`);
  }

  endOtherSessions(): Promise<void> {
    return this.api.delete('/account/sessions');
  }

  keys(signal?: AbortSignal): Promise<ApiKeyList> {
    return this.api.get('/account/keys', signal);
  }

  createKey(request: CreateApiKeyRequest): Promise<CreatedApiKey> {
    return this.api.post('/account/keys', { body: request });
  }

  revokeKey(id: string): Promise<void> {
    return this.api.delete(`/account/keys/${encodeURIComponent(id)}`);
  }

  invitation(token: string, signal?: AbortSignal): Promise<InvitationOffer> {
    return this.api.post('/auth/invitation', { body: { token }, signal });
  }

  resetPassword(request: PasswordResetRequest): Promise<void> {
    return this.api.post('/auth/password-reset', { body: request });
  }
}
