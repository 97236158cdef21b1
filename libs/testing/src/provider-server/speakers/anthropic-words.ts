import { event, type SpokenReason, type SpokenUsage, type Vocabulary } from './speaker';

const REASONS = { stop: 'end_turn', length: 'max_tokens', filter: 'refusal' } as const;
const TYPES: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  529: 'overloaded_error',
};
const named = (type: string, fields: object = {}) => event({ type, ...fields }, type);
const delta = (fields: object) => named('content_block_delta', { index: 0, delta: fields });
const message = (fields: object) => ({
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'scripted',
  content: [],
  stop_reason: null,
  ...fields,
});
const error = (message: string, type = 'api_error') => ({ type: 'error', error: { type, message } });

/** Anthropic messages. */
export const anthropicWords: Vocabulary = {
  wire: 'anthropic',
  basePath: '',
  contentType: 'text/event-stream; charset=utf-8',
  begin:
    named('message_start', { message: message({}) }) +
    named('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }) +
    named('ping'),
  piece: (text) => delta({ type: 'text_delta', text }),
  thought: (thinking) => delta({ type: 'thinking_delta', thinking }),
  end: (reason: SpokenReason = 'stop', usage) =>
    named('content_block_stop', { index: 0 }) +
    named('message_delta', { delta: { stop_reason: REASONS[reason], stop_sequence: null }, ...(usage ? { usage: figures(usage) } : {}) }) +
    named('message_stop'),
  failure: (text, code) => event(error(text, code), 'error'),
  ping: named('ping'),
  whole: (text, reason, usage) =>
    message({ content: [{ type: 'text', text }], stop_reason: REASONS[reason], usage: usage && figures(usage) }),
  refusal: (status, text, code) => error(text, code ?? TYPES[status]),
  models: (ids) => ({ data: ids.map((id) => ({ type: 'model', id, max_input_tokens: 8_192, lifecycle: 'active' })), has_more: false }),
};

function figures({ input, output }: SpokenUsage) {
  return { input_tokens: input, output_tokens: output };
}
