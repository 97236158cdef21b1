import { event, type SpokenReason, type SpokenUsage, type Vocabulary } from './speaker';
import { openAiChatWords } from './openai-chat-words';

const named = (type: string, fields: object) => event({ type, ...fields }, type);
const output = (text: string) => [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text, annotations: [] }] }];
const response = (reason: SpokenReason, text: string, usage?: SpokenUsage) => ({
  object: 'response',
  model: 'scripted',
  status: reason === 'stop' ? 'completed' : 'incomplete',
  incomplete_details: reason === 'stop' ? null : { reason: reason === 'length' ? 'max_output_tokens' : 'content_filter' },
  error: null,
  output: text === '' ? [] : output(text),
  usage: usage && { input_tokens: usage.input, output_tokens: usage.output, total_tokens: usage.input + usage.output },
});

/** OpenAI responses. */
export const openAiResponsesWords: Vocabulary = {
  wire: 'openai-responses',
  basePath: '/v1',
  contentType: 'text/event-stream; charset=utf-8',
  begin: named('response.created', { sequence_number: 0, response: { ...response('stop', ''), status: 'in_progress' } }),
  piece: (delta) => named('response.output_text.delta', { item_id: 'msg_1', output_index: 0, content_index: 0, delta }),
  thought: (delta) => named('response.reasoning_summary_text.delta', { item_id: 'rs_1', output_index: 0, summary_index: 0, delta }),
  end(reason: SpokenReason = 'stop', usage) {
    const ended = response(reason, '', usage);
    return named(`response.${ended.status}`, { response: ended });
  },
  failure: (message, code) => named('error', { message, code, param: null }),
  ping: named('response.in_progress', { response: { ...response('stop', ''), status: 'in_progress' } }),
  whole: (text, reason, usage) => response(reason, text, usage),
  refusal: openAiChatWords.refusal,
  models: openAiChatWords.models,
};
