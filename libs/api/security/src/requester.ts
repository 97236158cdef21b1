import { createParamDecorator, type ExecutionContext, Injectable, type CanActivate } from '@nestjs/common';
import { type Request } from 'express';

/** Who is asking. Every question to the database carries their id. */
export interface Requester {
  readonly userId: string;
}

/** The one user where there are no accounts. The first migration makes them. */
export const LOCAL_USER: Requester = { userId: '00000000-0000-7000-8000-000000000001' };

const requesters = new WeakMap<Request, Requester>();

/** The one place that says who is asking. Without accounts it is always the local user. */
@Injectable()
export class RequesterGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    requesters.set(context.switchToHttp().getRequest<Request>(), LOCAL_USER);
    return true;
  }
}

/** Parameter of a handler: who is asking. */
export const Asker = createParamDecorator((_: unknown, context: ExecutionContext): Requester => {
  const requester = requesters.get(context.switchToHttp().getRequest<Request>());
  if (!requester) throw new Error('A route without RequesterGuard asked who is asking.');
  return requester;
});
