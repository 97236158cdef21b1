import { AuditLog, SESSION_SECONDS, SessionStore } from '@echo/api-persistence';
import { hashOf, isToken, newToken, originOf, type Requester, SessionCookie } from '@echo/api-security';
import { Injectable } from '@nestjs/common';
import { type Request } from 'express';
import { clientWords } from '../people/client-words';

/** How somebody came in through an identity provider. */
export interface SingleSignOn {
  readonly issuer: string;
  readonly sessionId: string | null;
}

/** Begins, renews and ends the sessions of browsers, and their cookies with them. */
@Injectable()
export class Sessions {
  constructor(
    private readonly cookie: SessionCookie,
    private readonly store: SessionStore,
    private readonly audit: AuditLog,
  ) {}

  /** Begins a session; one that the browser had before ends. `by`: what they came in with, for the audit log. */
  async begin(request: Request, userId: string, by: string, singleSignOn?: SingleSignOn): Promise<void> {
    const { token, hash: tokenHash } = newToken();
    const origin = originOf(request);
    const before = await this.of(request);
    if (before) await this.store.delete(before.userId, before.id);
    const client = clientWords(request.headers['user-agent']);
    const id = await this.store.create({ userId, tokenHash, ip: origin.ip, client, singleSignOn });
    await this.audit.record({ userId, via: 'session', ...origin }, { action: 'session.create', target: `session:${id}`, detail: by });
    request.res?.append('Set-Cookie', this.cookie.write(token, SESSION_SECONDS));
  }

  /** Goes on under another token: after a change of what opens the account, what was known before opens nothing. */
  async renew(request: Request, { userId, sessionId }: Requester): Promise<void> {
    if (sessionId === undefined) return;
    const { token, hash } = newToken();
    await this.store.rotate(userId, sessionId, hash);
    request.res?.append('Set-Cookie', this.cookie.write(token, SESSION_SECONDS));
  }

  /** Ends the session that the browser has, if it has one, and takes the cookie away in any case. Tells whether it came through an identity provider. */
  async end(request: Request): Promise<{ readonly isSingleSignOn: boolean }> {
    request.res?.append('Set-Cookie', this.cookie.clear());
    const session = await this.of(request);
    if (!session) return { isSingleSignOn: false };
    const isSingleSignOn = await this.store.isSingleSignOn(session.id);
    await this.store.delete(session.userId, session.id);
    const actor = { userId: session.userId, via: 'session', ...originOf(request) } as const;
    await this.audit.record(actor, { action: 'session.end', target: `session:${session.id}` });
    return { isSingleSignOn };
  }

  /** The cookie is of no use any more. */
  forget(request: Request): void {
    request.res?.append('Set-Cookie', this.cookie.clear());
  }

  /** The session that a browser brings to a route that is open to everybody; undefined where it has none that is good. */
  async of(request: Request): Promise<{ readonly id: string; readonly userId: string } | undefined> {
    const token = this.cookie.read(request);
    return token !== undefined && isToken(token) ? this.store.find(hashOf(token)) : undefined;
  }
}
