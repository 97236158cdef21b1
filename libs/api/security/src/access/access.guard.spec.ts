import { type ExecutionContext } from '@nestjs/common';
import { type Request } from 'express';
import { Refusal } from '../refusals/refusal';
import { Access } from './access';
import { AccessGuard } from './access.guard';
import { Authenticator, LocalAuthenticator } from './authenticator';
import { LOCAL_USER, type Requester, requesterOf } from './requester';

class Routes {
  @Access('public')
  open(): void {}

  @Access('user', { scope: 'chat:read' })
  read(): void {}

  @Access('user')
  own(): void {}

  @Access('administrator', { scope: 'admin' })
  administer(): void {}

  forgotten(): void {}
}

class Found extends Authenticator {
  constructor(private readonly requester: Requester | undefined) {
    super();
  }

  authenticate(): Promise<Requester | undefined> {
    return Promise.resolve(this.requester);
  }
}

const user: Requester = { ...LOCAL_USER, role: 'user', via: 'session' };
const key: Requester = { ...user, via: 'key', scopes: ['chat:read'] };

/** `passed`, or the code of the refusal. */
async function ask(route: keyof Routes, authenticator: Authenticator): Promise<string> {
  const request = { ip: '192.0.2.1' } as Request;
  const context = {
    getHandler: () => Routes.prototype[route],
    switchToHttp: () => ({ getRequest: () => request }),
  } as unknown as ExecutionContext;
  try {
    await new AccessGuard(authenticator).canActivate(context);
    return requesterOf(request) ? 'passed' : 'passed unknown';
  } catch (error) {
    return error instanceof Refusal ? error.code : String(error);
  }
}

describe('AccessGuard', () => {
  it('lets everybody see what is public, without asking who they are', async () => {
    expect(await ask('open', new Found(undefined))).toBe('passed unknown');
  });

  it('lets nobody see what nobody gave a rule', async () => {
    expect(await ask('forgotten', new Found(LOCAL_USER))).toBe('Error: The route forgotten has no access rule.');
  });

  it('asks who somebody is', async () => {
    for (const route of ['read', 'own', 'administer'] as const) expect(await ask(route, new Found(undefined))).toBe('sign_in_required');
    expect(await ask('read', new Found(user))).toBe('passed');
  });

  it('leaves to administrators what is theirs', async () => {
    expect(await ask('administer', new Found(user))).toBe('not_allowed');
    expect(await ask('administer', new Found({ ...user, role: 'administrator' }))).toBe('passed');
  });

  it('lets a key do what its scopes say and nothing else', async () => {
    expect(await ask('read', new Found(key))).toBe('passed');
    expect(await ask('read', new Found({ ...key, scopes: ['chat:write'] }))).toBe('scope_missing');
    expect(await ask('own', new Found({ ...key, scopes: ['admin'] }))).toBe('scope_missing');
    expect(await ask('administer', new Found({ ...key, scopes: ['admin'] }))).toBe('not_allowed');
    expect(await ask('administer', new Found({ ...key, role: 'administrator', scopes: ['admin'] }))).toBe('passed');
  });

  it('takes everybody for the local user where there are no accounts, without waiting', () => {
    const request = { ip: '127.0.0.1' } as Request;
    expect(new LocalAuthenticator().authenticate(request)).toEqual({ ...LOCAL_USER, ip: '127.0.0.1' });
  });
});
