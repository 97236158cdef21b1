import { type Request } from 'express';

/** What a browser keeps while its person is at the identity provider: only who began can end it. */
export interface PreLogin {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Where on the page they wanted to go. */
  readonly returnTo: string;
}

/** Seconds that somebody has to sign in there. */
const SECONDS = 600;
const PATH = '/api/auth/single-sign-on';

/** The cookie of it. Lax: the way back comes from another site. */
export class PreLoginCookie {
  private readonly name: string;
  private readonly attributes: string;

  constructor(isSecure: boolean, base: string) {
    this.name = isSecure ? '__Secure-echo-entry' : 'echo-entry';
    this.attributes = `Path=${base}${PATH}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  }

  write(login: PreLogin): string {
    return `${this.name}=${Buffer.from(JSON.stringify(login)).toString('base64url')}; Max-Age=${SECONDS}; ${this.attributes}`;
  }

  clear(): string {
    return `${this.name}=; Max-Age=0; ${this.attributes}`;
  }

  /** Undefined where there is none, or none of ours. */
  read(request: Pick<Request, 'headers'>): PreLogin | undefined {
    const prefix = `${this.name}=`;
    const pair = request.headers.cookie?.split(';').find((each) => each.trimStart().startsWith(prefix));
    if (pair === undefined) return undefined;
    try {
      const value = JSON.parse(Buffer.from(pair.trimStart().slice(prefix.length), 'base64url').toString()) as Record<string, unknown>;
      const { state, nonce, verifier, returnTo } = value;
      const isOurs = [state, nonce, verifier, returnTo].every((each) => typeof each === 'string' && each !== '');
      return isOurs ? (value as unknown as PreLogin) : undefined;
    } catch {
      // Not JSON: somebody wrote their own.
      return undefined;
    }
  }
}

/** A path of our own page; the front of it for anything else. */
export function ownPath(text: string | undefined): string {
  return text !== undefined && /^\/(?![/\\])[^\s\\]*$/.test(text) && text.length < 1_000 ? text : '/';
}
