import { EVENT_DTOS } from '@echo/api-chat';
import { WAYS_IN } from '@echo/api-security';
import { type INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { VERSION } from '../version';

const DESCRIPTION = `Self-hosted AI chat. What you saw is never lost, what you stop is really stopped, every answer ends.

A run is one answer being made. It belongs to the server: leaving a stream does not stop it, \`POST /api/runs/{id}/stop\` does.
Every refusal is \`application/problem+json\` with a stable \`code\`. A write without a body needs the header \`X-Requested-With\`.`;

/** The OpenAPI 3.1 description of the API, made from the code. `base` is the path before every path in it. */
export function openApiDocument(app: INestApplication, base = ''): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('EchoV2')
    .setDescription(DESCRIPTION)
    .setVersion(VERSION)
    .addSecurity(WAYS_IN.session, {
      type: 'apiKey',
      in: 'cookie',
      name: '__Host-echo',
      description:
        'The session of a browser, where there are accounts. On plain HTTP the cookie is called `echo`, below a path of a host `__Secure-echo`.',
    })
    .addSecurity(WAYS_IN.key, {
      type: 'http',
      scheme: 'bearer',
      description: 'An API key, `Authorization: Bearer echo_live_…`, that has the scope named beside the route. It counts before a cookie.',
    });
  if (base !== '') builder.addServer(base);
  const config = builder.build();
  const document = SwaggerModule.createDocument(app, config);
  document.components ??= {};
  document.components.schemas = { ...document.components.schemas, RunEvent: runEventSchema() };
  return withTypeArrays(withoutSuffix(document)) as OpenAPIObject;
}

function runEventSchema(): NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string] {
  const mapping = Object.fromEntries(Object.entries(EVENT_DTOS).map(([type, dto]) => [type, `#/components/schemas/${dto.name}`]));
  return {
    description: 'One event of a run: the JSON in a `data:` line, told apart by `type`.',
    oneOf: Object.values(mapping).map(($ref) => ({ $ref })),
    discriminator: { propertyName: 'type', mapping },
  };
}

/** `ConversationDto` is called `Conversation` outside. */
function withoutSuffix(document: OpenAPIObject): unknown {
  const text = JSON.stringify(document).replace(/(#\/components\/schemas\/\w+)Dto"/g, '$1"');
  const renamed = JSON.parse(text) as OpenAPIObject;
  const schemas = Object.entries(renamed.components?.schemas ?? {}).map(([name, schema]) => [name.replace(/Dto$/, ''), schema] as const);
  return { ...renamed, components: { ...renamed.components, schemas: Object.fromEntries(schemas) } };
}

/** OpenAPI 3.1 says `null` as JSON Schema does; the generator still writes the `nullable` of 3.0. */
function withTypeArrays(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withTypeArrays);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, ...rest } = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withTypeArrays(each)])) as Record<
    string,
    unknown
  >;
  if (nullable !== true) return rest;
  if (typeof rest['type'] === 'string') return { ...rest, type: [rest['type'], 'null'] };
  const { description, ...schema } = rest;
  return { ...(description === undefined ? {} : { description }), anyOf: [schema, { type: 'null' }] };
}
