import { type SpokenReason, type SpokenUsage, type Vocabulary } from './speaker';

const REASONS = { stop: 'stop', length: 'length', filter: 'stop' } as const;
const line = (value: object) => `${JSON.stringify(value)}\n`;
const said = (message: object, more: object = { done: false }) => ({
  model: 'scripted',
  created_at: '2026-01-01T00:00:00Z',
  message: { role: 'assistant', content: '', ...message },
  ...more,
});
const ended = (reason: SpokenReason, usage?: SpokenUsage) => ({
  done: true,
  done_reason: REASONS[reason],
  ...(usage && { prompt_eval_count: usage.input, eval_count: usage.output }),
});

/** Ollama's own protocol. It has no content filter. */
export const ollamaWords: Vocabulary = {
  wire: 'ollama',
  basePath: '',
  contentType: 'application/x-ndjson',
  begin: '',
  piece: (content) => line(said({ content })),
  thought: (thinking) => line(said({ thinking })),
  end: (reason: SpokenReason = 'stop', usage) => line(said({}, ended(reason, usage))),
  failure: (message) => line({ error: message }),
  ping: line(said({})),
  whole: (content, reason, usage) => said({ content }, ended(reason, usage)),
  refusal: (_, message, code) => ({ error: code === undefined ? message : `${message} (${code})` }),
  models: (ids) => ({ models: ids.map((name) => ({ name, model: name, size: 1 })) }),
};
