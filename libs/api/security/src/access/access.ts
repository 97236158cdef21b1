import { type KeyScope } from '@echo/contract';
import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension, ApiSecurity } from '@nestjs/swagger';
import { Refuses } from '../refusals/documented';

/** Who may use a route: everybody, whoever is signed in, or administrators. */
export type Audience = 'public' | 'user' | 'administrator';

export interface AccessRule {
  readonly audience: Audience;
  /** What an API key must be allowed to; undefined: API keys are refused. */
  readonly scope: KeyScope | undefined;
}

export const ACCESS = Symbol('access');

/** The names of the two ways in, as the API's description calls them. */
export const WAYS_IN = { session: 'session', key: 'api_key' } as const;

/** Says who may use a route. Each route needs one: without it the application does not start. */
export function Access(audience: Audience, { scope }: { readonly scope?: KeyScope } = {}): MethodDecorator {
  const rule: AccessRule = { audience, scope };
  if (audience === 'public') return applyDecorators(SetMetadata(ACCESS, rule), ApiExtension('x-access', 'public'));
  return applyDecorators(
    SetMetadata(ACCESS, rule),
    ApiExtension('x-access', scope === undefined ? audience : `${audience} ${scope}`),
    ApiSecurity(WAYS_IN.session),
    ...(scope === undefined ? [] : [ApiSecurity(WAYS_IN.key, [scope])]),
    Refuses(
      'sign_in_required',
      'session_ended',
      'invalid_api_key',
      'scope_missing',
      'storage_unavailable',
      ...(audience === 'administrator' ? (['not_allowed'] as const) : []),
    ),
  );
}
