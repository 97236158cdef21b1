import { type ProblemCode, PROBLEMS } from '@echo/contract';
import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { EVENT_DTOS } from '../dto/events';
import { ProblemDto } from '../dto/problem';

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
/** What every route may answer that starts a run. */
export const RUN = [
  'unknown_provider',
  'unknown_model',
  'invalid_idempotency_key',
  'idempotency_mismatch',
  'shutting_down',
  'overloaded',
  'provider_failed',
  'provider_timeout',
  'interrupted',
] as const;

/** Documents every problem code a route can answer with, by status. */
export function Refuses(...codes: readonly ProblemCode[]): MethodDecorator & ClassDecorator {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of new Set([...ALWAYS, ...codes])) {
    const { status } = PROBLEMS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return applyDecorators(
    ApiExtraModels(ProblemDto),
    ...[...byStatus].map(([status, known]) =>
      ApiResponse({
        status,
        description: known.map((code) => `\`${code}\`: ${PROBLEMS[code].title}`).join(' · '),
        content: {
          'application/problem+json': {
            schema: {
              allOf: [{ $ref: getSchemaPath(ProblemDto) }, { type: 'object', properties: { code: { type: 'string', enum: known } } }],
            },
            example: exampleOf(known[0] as ProblemCode),
          },
        },
      }),
    ),
  );
}

/** Documents a stream of run events, and beside it the JSON form where there is one. */
export function AnswersWithRun(json?: new () => object): MethodDecorator {
  const stream = {
    'text/event-stream': {
      schema: { $ref: '#/components/schemas/RunEvent' },
      example: [
        'id: 1',
        'data: {"type":"start","conversation_id":123,"message_id":456,"run_id":"019a0c1e-7b4a-7cc3-9a51-6f1f2f3f4f5f","provider":"openai","model":"gpt-4"}',
        '',
        'id: 2',
        'data: {"chunk":"Hello","type":"content"}',
        '',
        'id: 3',
        'data: {"type":"done","finish_reason":"stop","usage":{"input_tokens":9,"output_tokens":1},"conversation_id":123}',
        '',
        '',
      ].join('\n'),
    },
  };
  return applyDecorators(
    ApiExtraModels(...Object.values(EVENT_DTOS), ...(json ? [json] : [])),
    ApiResponse({
      status: 200,
      description: json
        ? 'The answer. With `stream: true` as server-sent events: each `data:` line is a RunEvent, `start` first, `done` or `error` last. Else as JSON, once it is complete.'
        : 'Server-sent events: each `data:` line is a RunEvent.',
      content: json ? { 'application/json': { schema: { $ref: getSchemaPath(json) } }, ...stream } : stream,
    }),
  );
}

function exampleOf(code: ProblemCode): object {
  return { type: 'about:blank', ...PROBLEMS[code], code, detail: `${PROBLEMS[code].title}.`, request_id: '5f0c2a9e8b7d4c31' };
}
