import { type Request } from 'express';

/** The name says that the cookie came over HTTPS, from this host only; browsers hold to it. */
export const SECURE_COOKIE = '__Host-echo';
/** Below a path of a host it must not be sent to the others there, which `__Host-` does not allow for. */
export const SECURE_COOKIE_BELOW = '__Secure-echo';
/** On plain HTTP browsers take no `__Host-` cookie. */
export const PLAIN_COOKIE = 'echo';

/** How the cookie of a session is written and read. */
export class SessionCookie {
  readonly name: string;
  private readonly attributes: string;

  /** `path`: that of the public address, without a slash at its end. */
  constructor(isSecure: boolean, path = '') {
    this.name = isSecure ? (path === '' ? SECURE_COOKIE : SECURE_COOKIE_BELOW) : PLAIN_COOKIE;
    this.attributes = `Path=${path || '/'}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  }

  /** The value of `Set-Cookie` that keeps a token for `seconds`. */
  write(token: string, seconds: number): string {
    return `${this.name}=${token}; Max-Age=${seconds}; ${this.attributes}`;
  }

  /** The value of `Set-Cookie` that takes it away. */
  clear(): string {
    return `${this.name}=; Max-Age=0; ${this.attributes}`;
  }

  /** The token that the request carries; undefined when there is none. */
  read(request: Pick<Request, 'headers'>): string | undefined {
    const prefix = `${this.name}=`;
    const pair = request.headers.cookie?.split(';').find((each) => each.trimStart().startsWith(prefix));
    return pair?.trimStart().slice(prefix.length) || undefined;
  }
}
