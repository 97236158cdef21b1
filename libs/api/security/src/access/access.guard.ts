import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { type Request } from 'express';
import { Refusal } from '../refusals/refusal';
import { ACCESS, type AccessRule } from './access';
import { Authenticator } from './authenticator';
import { introduce, type Requester } from './requester';

/** Lets a request through to its route when the route's rule allows it, and says who is asking. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly authenticator: Authenticator) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const rule = ruleOf(context.getHandler());
    if (rule === undefined) throw new Error(`The route ${context.getHandler().name} has no access rule.`);
    if (rule.audience === 'public') return true;
    const request = context.switchToHttp().getRequest<Request>();
    const found = this.authenticator.authenticate(request);
    // Without accounts nothing is waited for.
    return found instanceof Promise ? found.then((requester) => admit(request, rule, requester)) : admit(request, rule, found);
  }
}

/** The rule of a route; undefined when it has none. */
export function ruleOf(handler: object): AccessRule | undefined {
  return Reflect.getMetadata(ACCESS, handler) as AccessRule | undefined;
}

function admit(request: Request, rule: AccessRule, requester: Requester | undefined): true {
  if (!requester) throw new Refusal('sign_in_required', 'Sign in, or send an API key as Authorization: Bearer.');
  introduce(request, requester);
  if (requester.via === 'key') checkScope(rule, requester);
  if (rule.audience === 'administrator' && requester.role !== 'administrator') {
    throw new Refusal('not_allowed', 'Only administrators may do that. Ask one of yours.');
  }
  return true;
}

function checkScope({ scope }: AccessRule, { scopes }: Requester): void {
  if (scope === undefined) throw new Refusal('scope_missing', 'API keys cannot do that. Sign in on the page.');
  if (!scopes.includes(scope)) {
    throw new Refusal('scope_missing', `This API key may not do that. Make one with the scope ${scope}.`);
  }
}
