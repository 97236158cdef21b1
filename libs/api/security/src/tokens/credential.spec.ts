import { Refusal } from '../refusals/refusal';
import { newApiKey } from './api-key';
import { type Credential, credentialOf } from './credential';
import { newToken } from './opaque-token';
import { SessionCookie } from './session-cookie';

const cookie = new SessionCookie(true);
const take = (headers: Record<string, string>): Credential | string | undefined => {
  try {
    return credentialOf({ headers }, cookie);
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};

describe('the credential of a request', () => {
  const session = newToken();
  const key = newApiKey();

  it('is a cookie or a key, and the key counts first', () => {
    const ours = `theme=dark; __Host-echo=${session.token}; other=1`;
    expect(take({})).toBeUndefined();
    expect(take({ cookie: ours })).toEqual({ via: 'session', hash: session.hash });
    expect(take({ authorization: `Bearer ${key.key}` })).toEqual({ via: 'key', id: key.id, hash: key.hash });
    expect(take({ authorization: `bearer ${key.key}`, cookie: ours })).toMatchObject({ via: 'key' });
    expect(take({ authorization: 'Bearer wrong', cookie: ours })).toBe('invalid_api_key');
  });

  // CVE-2026-45339: there a second place for keys was not held to the same rules.
  it('is taken from no other place (CVE-2026-45339)', () => {
    for (const name of ['x-api-key', 'api-key', 'x-auth-token', 'x-goog-api-key']) expect(take({ [name]: key.key })).toBeUndefined();
    expect(take({ cookie: `echo=${session.token}` })).toBeUndefined();
    expect(take({ cookie: `X__Host-echo=${session.token}` })).toBeUndefined();
    expect(take({ cookie: `__Host-echo=${key.key}` })).toBe('session_ended');
  });

  it.each(['Basic YTpi', 'Bearer', "Bearer ' OR '1'='1", 'Bearer a b', 'Bearer echo_live_1_2'])(
    'is not %j (CVE-2026-42208)',
    (authorization) => expect(take({ authorization })).toBe('invalid_api_key'),
  );
});

describe('the cookie of a session', () => {
  it('is for this host alone, unread by scripts, and not sent by other sites', () => {
    expect(cookie.write('abc', 60)).toBe('__Host-echo=abc; Max-Age=60; Path=/; HttpOnly; SameSite=Lax; Secure');
    expect(cookie.clear()).toBe('__Host-echo=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax; Secure');
  });

  it('goes to the path of the public address only, where that has one', () => {
    const below = new SessionCookie(true, '/echo');
    expect(below.write('abc', 60)).toBe('__Secure-echo=abc; Max-Age=60; Path=/echo; HttpOnly; SameSite=Lax; Secure');
    expect(below.clear()).toBe('__Secure-echo=; Max-Age=0; Path=/echo; HttpOnly; SameSite=Lax; Secure');
  });

  it('has another name on plain HTTP', () => {
    expect(new SessionCookie(false).write('abc', 60)).toBe('echo=abc; Max-Age=60; Path=/; HttpOnly; SameSite=Lax');
  });
});
