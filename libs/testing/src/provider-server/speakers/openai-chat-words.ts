import { event, type SpokenReason, type SpokenUsage, type Vocabulary } from './speaker';

const REASONS = { stop: 'stop', length: 'length', filter: 'content_filter' } as const;
const chunk = (delta: object, reason: string | null = null) =>
  event({ object: 'chat.completion.chunk', model: 'scripted', choices: [{ index: 0, delta, finish_reason: reason }] });
const figures = ({ input, output }: SpokenUsage) => ({ prompt_tokens: input, completion_tokens: output, total_tokens: input + output });

/** OpenAI chat completions. */
export const openAiChatWords: Vocabulary = {
  wire: 'openai-chat',
  basePath: '/v1',
  contentType: 'text/event-stream; charset=utf-8',
  begin: chunk({ role: 'assistant', content: '' }),
  piece: (content) => chunk({ content }),
  thought: (reasoning_content) => chunk({ reasoning_content }),
  end: (reason: SpokenReason = 'stop', usage) =>
    chunk({}, REASONS[reason]) + (usage ? event({ model: 'scripted', choices: [], usage: figures(usage) }) : '') + 'data: [DONE]\n\n',
  failure: (message, code) => event({ error: { message, code } }),
  ping: ': PROCESSING\n\n',
  whole: (content, reason, usage) => ({
    object: 'chat.completion',
    model: 'scripted',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: REASONS[reason] }],
    usage: usage && figures(usage),
  }),
  refusal: (_, message, code, param) => ({ error: { message, code, param } }),
  models: (ids) => ({ object: 'list', data: ids.map((id) => ({ id, object: 'model', context_length: 8_192 })) }),
};
