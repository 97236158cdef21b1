import { builtDescription } from '@echo/testing';

/* eslint-disable @typescript-eslint/no-explicit-any -- an OpenAPI document is JSON of any shape */

export interface Route {
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  /** As the description has it: `/api/runs/{id}/stop`. */
  readonly path: string;
  /** `public`, `user`, `administrator`: who may use it. */
  readonly audience: string;
  /** What a key must be allowed to; undefined: keys are refused. */
  readonly scope: string | undefined;
  /** The schema of its body; undefined: it takes none. */
  readonly body: any;
  /** Names in its query. */
  readonly query: readonly string[];
}

/** Every route of the API, as `/api/openapi.json` tells them. */
export function allRoutes(): Route[] {
  const { paths, components } = builtDescription().document;
  return Object.entries<any>(paths).flatMap(([path, operations]) =>
    Object.entries<any>(operations).map(([method, operation]): Route => {
      const [audience, scope] = String(operation['x-access']).split(' ');
      const schema = operation.requestBody?.content['application/json']?.schema;
      return {
        method: method as Route['method'],
        path,
        audience: audience ?? '',
        scope,
        body: schema?.$ref ? components.schemas[schema.$ref.split('/').at(-1)] : schema,
        query: (operation.parameters ?? []).filter((each: any) => each.in === 'query').map((each: any) => each.name),
      };
    }),
  );
}

/** `POST /api/chat` */
export function nameOf({ method, path }: Route): string {
  return `${method.toUpperCase()} ${path}`;
}
