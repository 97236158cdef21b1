import { type ProblemCode, PROBLEMS } from '@echo/contract';
import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { ProblemDto } from './problem.dto';

/** What every route of the API may answer. */
const ALWAYS = ['malformed_request', 'host_not_allowed', 'cross_site_refused', 'request_timeout', 'internal_error'] as const;
/** What every route may answer that asks the database. */
export const STORAGE = ['storage_unavailable'] as const;
/** What every write may answer. */
export const WRITE = ['header_required', 'unsupported_media_type', 'body_too_large', 'malformed_json'] as const;
/** What every write may answer whose body has fields. */
export const FIELDS = ['invalid_body', 'missing_field', 'wrong_type', 'unknown_field'] as const;
/** What a text that a person typed may be refused for. */
export const TEXT = ['empty', 'too_long', 'nul_character', 'lone_surrogate'] as const;
/** What a text may be refused for where the operator wants hidden text refused. */
export const GUARD = ['hidden_characters', 'template_tokens'] as const;
const CODES = Symbol('codes');

/** Documents problem codes that a route can answer with, by status. Used several times on one route, the codes add up. */
export function Refuses(...codes: readonly ProblemCode[]): MethodDecorator {
  return (target, key, descriptor) => {
    const handler = descriptor.value as object;
    const known = (Reflect.getMetadata(CODES, handler) as readonly ProblemCode[] | undefined) ?? ALWAYS;
    const all = [...new Set([...known, ...codes])];
    Reflect.defineMetadata(CODES, all, handler);
    const byStatus = Map.groupBy(all, (code) => PROBLEMS[code].status);
    applyDecorators(ApiExtraModels(ProblemDto), ...[...byStatus].map(responseOf))(target, key, descriptor);
  };
}

function responseOf([status, codes]: readonly [number, readonly ProblemCode[]]): MethodDecorator {
  return ApiResponse({
    status,
    description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].title}`).join(' · '),
    content: {
      'application/problem+json': {
        schema: {
          allOf: [{ $ref: getSchemaPath(ProblemDto) }, { type: 'object', properties: { code: { type: 'string', enum: [...codes] } } }],
        },
        example: exampleOf(codes[0] as ProblemCode),
      },
    },
  });
}

function exampleOf(code: ProblemCode): object {
  return { type: 'about:blank', ...PROBLEMS[code], code, detail: `${PROBLEMS[code].title}.`, request_id: '5f0c2a9e8b7d4c31' };
}
