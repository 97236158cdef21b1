import { ApiKeyStore, type BearerRow, SessionStore } from '@echo/api-persistence';
import {
  Authenticator,
  credentialOf,
  invalidKey,
  isSameHash,
  originOf,
  type Requester,
  SessionCookie,
  sessionEnded,
} from '@echo/api-security';
import { KEY_SCOPES } from '@echo/contract';
import { Injectable, Logger } from '@nestjs/common';
import { type Request } from 'express';

/** Finds out who sent a request, by a session's cookie or an API key. Where both came, the key counts. */
@Injectable()
export class AccountsAuthenticator extends Authenticator {
  private readonly logger = new Logger(AccountsAuthenticator.name);

  constructor(
    private readonly cookie: SessionCookie,
    private readonly sessions: SessionStore,
    private readonly keys: ApiKeyStore,
  ) {
    super();
  }

  async authenticate(request: Request): Promise<Requester | undefined> {
    const credential = credentialOf(request, this.cookie);
    if (!credential) return undefined;
    return credential.via === 'key' ? this.byKey(request, credential) : this.bySession(request, credential.hash);
  }

  private async bySession(request: Request, hash: Buffer): Promise<Requester> {
    const row = await this.sessions.find(hash);
    if (!row) throw sessionEnded();
    if (row.isStale) this.note(this.sessions.touch(row.id));
    return { ...personOf(row), via: 'session', sessionId: row.id, scopes: KEY_SCOPES, ...originOf(request) };
  }

  private async byKey(request: Request, { id, hash }: { readonly id: string; readonly hash: Buffer }): Promise<Requester> {
    const row = await this.keys.find(id);
    if (!row || !isSameHash(row.keyHash, hash)) throw invalidKey();
    if (row.isStale) this.note(this.keys.touch(id));
    return { ...personOf(row), via: 'key', keyId: id, scopes: row.scopes, ...originOf(request) };
  }

  /** Nobody waits for it: that something was used is worth no answer that comes later, or not at all. */
  private note(touch: Promise<void>): void {
    touch.catch((error: unknown) => this.logger.debug(`The last use could not be noted: ${String(error)}`));
  }
}

function personOf({ userId, name, role }: Omit<BearerRow, 'scopes'>): Pick<Requester, 'userId' | 'name' | 'role'> {
  return { userId, name, role };
}
