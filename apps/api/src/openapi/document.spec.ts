import { EVENT_DTOS } from '@echo/api-chat';
import { PROVIDERS_DEFAULTS } from '@echo/api-providers';
import { PROBLEMS } from '@echo/contract';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createApp } from '../create-app';
import { AppLogger } from '../logging/app-logger';
import { VERSION } from '../version';
import { openApiDocument } from './document';

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
}

/** Routes that are no part of the API: its own description. */
const DOCS = /^\/api\/(docs|openapi\.json)/;

describe('the OpenAPI description', () => {
  let app: NestExpressApplication;
  let document: ReturnType<typeof openApiDocument>;

  beforeAll(async () => {
    const chat = {
      maxPromptChars: 1,
      promptGuard: 'flag' as const,
      maxLiveRuns: 1,
      maxQueuedRuns: 1,
      eventRetentionSeconds: 1,
      drainSeconds: 0,
      aloneOnDatabase: false,
      onFenced: () => undefined,
    };
    // Nothing connects: the database is only asked once the application listens.
    const persistence = { url: 'postgres://nobody@127.0.0.1:1/none', poolSize: 1 };
    const settings = {
      site: { publicUrl: undefined, corsOrigins: [] },
      accounts: { auth: 'accounts', signUp: false, passwordSignIn: true, publicUrl: undefined } as const,
      proxy: false as const,
      metrics: { isOpenLocally: false },
      persistence,
      sealing: { previousKeys: [], dataDir: '/nowhere' },
      providers: { ...PROVIDERS_DEFAULTS, discoverLocal: false },
      chat,
    };
    app = await createApp(settings, '/nowhere', new AppLogger({ level: 'error', format: 'text' }));
    document = openApiDocument(app);
    await registerRoutes(app);
  });

  it('is of version 3.1 and of this release', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(document.info.version).toBe(VERSION);
    expect((JSON.parse(readFileSync(resolve(__dirname, '../../../../package.json'), 'utf8')) as { version: string }).version).toBe(VERSION);
  });

  it('has every route, and no other', () => {
    const { router } = app.getHttpAdapter().getInstance() as { router: { stack: Layer[] } };
    const routes = router.stack.flatMap(({ route }) =>
      route && !DOCS.test(route.path)
        ? Object.keys(route.methods).map((method) => `${method} ${route.path.replace(/:(\w+)/g, '{$1}')}`)
        : [],
    );
    const described = Object.entries(document.paths).flatMap(([path, item]) => Object.keys(item).map((method) => `${method} ${path}`));
    expect(routes.length).toBeGreaterThan(15);
    expect(new Set(described)).toEqual(new Set(routes));
  });

  it('has every event as one of a union that its type tells apart', () => {
    const schema = document.components?.schemas?.['RunEvent'] as {
      oneOf: { $ref: string }[];
      discriminator: { mapping: Record<string, string> };
    };
    expect(Object.keys(schema.discriminator.mapping).sort()).toEqual(Object.keys(EVENT_DTOS).sort());
    for (const { $ref } of schema.oneOf) {
      const name = $ref.split('/').at(-1) ?? '';
      const event = document.components?.schemas?.[name] as { required: string[]; properties: { type: { enum: string[] } } };
      expect(event.required).toContain('type');
      expect(schema.discriminator.mapping[event.properties.type.enum[0] ?? '']).toBe($ref);
    }
  });

  it('has every problem code, each where its status is', () => {
    const seen = new Map<string, Set<string>>();
    for (const item of Object.values(document.paths)) {
      for (const operation of Object.values(
        item as Record<
          string,
          {
            responses: Record<
              string,
              { content?: Record<string, { schema: { allOf?: { properties?: { code: { enum: string[] } } }[] } }> }
            >;
          }
        >,
      )) {
        for (const [status, response] of Object.entries(operation.responses)) {
          const codes = response.content?.['application/problem+json']?.schema.allOf?.[1]?.properties?.code.enum ?? [];
          for (const code of codes) seen.set(code, (seen.get(code) ?? new Set()).add(status));
        }
      }
    }
    const described = Object.entries(PROBLEMS);
    expect([...seen.keys()].sort()).toEqual(described.map(([code]) => code).sort());
    for (const [code, { status }] of described) expect([...(seen.get(code) ?? [])]).toEqual([String(status)]);
  });

  it('names every schema that it refers to, and none of our classes', () => {
    const text = JSON.stringify(document);
    expect(text).not.toMatch(/Dto"/);
    for (const [, name] of text.matchAll(/#\/components\/schemas\/(\w+)/g)) expect(document.components?.schemas).toHaveProperty(name ?? '');
  });

  it('is open to everybody only where it says so (routes.inventory)', () => {
    const open = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item as Record<string, { 'x-access'?: string; security?: object[] }>).flatMap(([method, operation]) => {
        expect([path, operation['x-access']]).toEqual([path, expect.stringMatching(/^(public|(user|administrator)( [a-z]+(:[a-z]+)?)?)$/)]);
        expect([path, operation.security === undefined]).toEqual([path, operation['x-access'] === 'public']);
        return operation['x-access'] === 'public' ? [`${method} ${path}`] : [];
      }),
    );
    expect(open.sort()).toEqual([
      'get /api/auth/session',
      'get /api/auth/single-sign-on',
      'get /api/auth/single-sign-on/callback',
      'get /api/health/live',
      'get /api/health/ready',
      'get /api/health/stream',
      'get /api/version',
      'post /api/auth/invitation',
      'post /api/auth/invitation/accept',
      'post /api/auth/password-reset',
      'post /api/auth/setup',
      'post /api/auth/sign-in',
      'post /api/auth/sign-out',
      'post /api/auth/sign-up',
      'post /api/auth/single-sign-on/back-channel-logout',
    ]);
  });

  it('names both forms of an answer', () => {
    const content = (document.paths['/api/chat']?.post?.responses['200'] as { content: object }).content;
    expect(Object.keys(content).sort()).toEqual(['application/json', 'text/event-stream']);
  });

  it('describes and exemplifies every operation', () => {
    for (const item of Object.values(document.paths)) {
      for (const operation of Object.values(item as Record<string, { operationId?: string; summary?: string }>)) {
        expect(operation.summary).toMatch(/\w/);
        expect(operation.operationId).toMatch(/^\w+$/);
      }
    }
  });
});

/** Makes Nest put its routes into Express, as `listen` would, without the hooks that begin to work. */
async function registerRoutes(app: NestExpressApplication): Promise<void> {
  await (app as unknown as { registerRouter(): Promise<void> }).registerRouter();
}
