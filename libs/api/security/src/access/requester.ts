import { KEY_SCOPES, type KeyScope, type Role } from '@echo/contract';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type Request } from 'express';

/** Where a request comes from, as the audit log names it. */
export interface Origin {
  readonly ip: string | null;
  readonly requestId: string | null;
}

/** Who is asking: the one answer to that question. Every query to the database carries their id. */
export interface Requester extends Origin {
  readonly userId: string;
  readonly name: string;
  readonly role: Role;
  /** How they came in; `none` where there are no accounts. */
  readonly via: 'session' | 'key' | 'none';
  readonly sessionId?: string;
  readonly keyId?: string;
  /** What they may do through this way in: everything, unless it is a key. */
  readonly scopes: readonly KeyScope[];
}

/** The one user where there are no accounts. The first migration makes them. */
export const LOCAL_USER: Requester = {
  userId: '00000000-0000-7000-8000-000000000001',
  name: 'Local user',
  role: 'administrator',
  via: 'none',
  scopes: KEY_SCOPES,
  ip: null,
  requestId: null,
};

const requesters = new WeakMap<Request, Requester>();

/** Says who is asking. Only the guard calls this. */
export function introduce(request: Request, requester: Requester): void {
  requesters.set(request, requester);
}

/** Who is asking, allowed or not; undefined when that is not known, and on a public route. */
export function requesterOf(request: Request): Requester | undefined {
  return requesters.get(request);
}

/** Where the request comes from. The address is the proxy's word only where the operator trusts it (`ECHO_TRUST_PROXY`). */
export function originOf(request: Request): Origin {
  const requestId = request.res?.getHeader('X-Request-Id');
  return { ip: request.ip ?? null, requestId: typeof requestId === 'string' ? requestId : null };
}

/** Parameter of a handler: who is asking. */
export const Asker = createParamDecorator((_: unknown, context: ExecutionContext): Requester => {
  const requester = requesters.get(context.switchToHttp().getRequest<Request>());
  if (!requester) throw new Error('A public route asked who is asking.');
  return requester;
});

/** Parameter of a handler: where the request comes from. For routes that are open to everybody. */
export const From = createParamDecorator((_: unknown, context: ExecutionContext): Origin =>
  originOf(context.switchToHttp().getRequest<Request>()),
);
