import { type Request } from 'express';
import { Refusal } from '../refusals/refusal';
import { readApiKey } from './api-key';
import { isToken, hashOf } from './opaque-token';
import { type SessionCookie } from './session-cookie';

/** What a request says about who sent it. */
export type Credential =
  { readonly via: 'key'; readonly id: string; readonly hash: Buffer } | { readonly via: 'session'; readonly hash: Buffer };

/**
 * The one place that takes credentials from requests: `Authorization: Bearer` with an API key, else the cookie. Nothing else counts, in no other place.
 * Throws `Refusal` for what looks like a credential and is none.
 */
export function credentialOf(request: Pick<Request, 'headers'>, cookie: SessionCookie): Credential | undefined {
  if (request.headers.authorization !== undefined) {
    const key = apiKeyOf(request);
    if (!key) throw invalidKey();
    return { via: 'key', ...key };
  }
  const token = cookie.read(request);
  if (token === undefined) return undefined;
  if (!isToken(token)) throw sessionEnded();
  return { via: 'session', hash: hashOf(token) };
}

/** The API key that came, when it has the form of one. */
export function apiKeyOf({ headers }: Pick<Request, 'headers'>): { readonly id: string; readonly hash: Buffer } | undefined {
  return readApiKey(/^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? '');
}

export function invalidKey(): Refusal {
  return new Refusal('invalid_api_key', 'This API key is not valid, or not any more. Send one as Authorization: Bearer echo_live_….');
}

export function sessionEnded(): Refusal {
  return new Refusal('session_ended', 'The session has ended. Sign in again.');
}
