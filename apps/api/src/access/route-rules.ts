import { ruleOf } from '@echo/api-security';
import { type INestApplicationContext, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';

export interface RouteRule {
  /** `GET /api/runs/:id` */
  readonly route: string;
  /** `user chat:read`; undefined where nobody said who may use it. */
  readonly access: string | undefined;
}

/** Every route of every controller, with its access rule. */
export function routeRules(app: INestApplicationContext): RouteRule[] {
  const scanner = new MetadataScanner();
  return [...app.get(ModulesContainer).values()]
    .flatMap(({ controllers }) => [...controllers.values()])
    .flatMap(({ metatype }) => {
      const prototype = (metatype as { prototype: Record<string, object> }).prototype;
      const base = pathOf(metatype as object);
      return scanner
        .getAllMethodNames(prototype)
        .map((name) => prototype[name] as object)
        .filter((handler) => Reflect.hasMetadata(METHOD_METADATA, handler))
        .map((handler) => ruleOfRoute(handler, base));
    });
}

/** Throws when a route says not who may use it: nothing is open by being forgotten. */
export function requireRules(app: INestApplicationContext): void {
  const open = routeRules(app).filter(({ access }) => access === undefined);
  if (open.length > 0) throw new Error(`Routes without an access rule: ${open.map(({ route }) => route).join(', ')}.`);
}

function ruleOfRoute(handler: object, base: string): RouteRule {
  const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod];
  const path = ['api', base, pathOf(handler)].map((part) => part.replace(/^\/|\/$/g, '')).filter((part) => part !== '');
  const rule = ruleOf(handler);
  return { route: `${method} /${path.join('/')}`, access: rule && [rule.audience, rule.scope].filter(Boolean).join(' ') };
}

function pathOf(target: object): string {
  return String(Reflect.getMetadata(PATH_METADATA, target) ?? '');
}
