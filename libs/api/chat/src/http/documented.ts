import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { EVENT_DTOS } from '../dto/events';

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

/** What every route may answer that starts a run, where people have limits. */
export const LIMITED = ['rate_limited', 'too_many_live_runs'] as const;

/** What its sender may still do; absent where nothing was counted. */
const ALLOWANCE = {
  RateLimit: {
    schema: { type: 'string' as const, example: '"messages";r=29;t=60, "live_runs";r=2;t=0' },
    description: 'What you may still do: `r` more, all of it again in `t` seconds.',
  },
  'RateLimit-Policy': {
    schema: { type: 'string' as const, example: '"messages";q=30;w=60, "live_runs";q=3' },
    description: 'What you may do: `q` in `w` seconds.',
  },
};

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
      ...(json ? { headers: ALLOWANCE } : {}),
      description: json
        ? 'The answer. With `stream: true` as server-sent events: each `data:` line is a RunEvent, `start` first, `done` or `error` last. Else as JSON, once it is complete.'
        : 'Server-sent events: each `data:` line is a RunEvent.',
      content: json ? { 'application/json': { schema: { $ref: getSchemaPath(json) } }, ...stream } : stream,
    }),
  );
}
