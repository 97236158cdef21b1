import { event, type SpokenReason, type SpokenUsage, type Vocabulary } from './speaker';

const REASONS = { stop: 'STOP', length: 'MAX_TOKENS', filter: 'SAFETY' } as const;
const STATUSES: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
};
const response = (parts: readonly object[], more: object = {}, fields: object = {}) => ({
  candidates: [{ content: { role: 'model', parts }, index: 0, ...more }],
  modelVersion: 'scripted',
  ...fields,
});
/** Half of the output is thoughts: they are counted apart. */
const figures = ({ input, output }: SpokenUsage) => ({
  usageMetadata: {
    promptTokenCount: input,
    candidatesTokenCount: output - Math.floor(output / 2),
    thoughtsTokenCount: Math.floor(output / 2),
    totalTokenCount: input + output,
  },
});
const spoken = (value: unknown) => event(value).replaceAll('\n', '\r\n');

/** Gemini, with the line ends that it writes. */
export const geminiWords: Vocabulary = {
  wire: 'gemini',
  basePath: '',
  contentType: 'text/event-stream',
  begin: '',
  piece: (text) => spoken(response([{ text }])),
  thought: (text) => spoken(response([{ text, thought: true }])),
  end: (reason: SpokenReason = 'stop', usage) =>
    spoken(response([{ text: '', thoughtSignature: 'c2lnbg==' }], { finishReason: REASONS[reason] }, usage && figures(usage))),
  failure: (message, code) => spoken({ error: { message, status: code } }),
  ping: spoken({ usageMetadata: { promptTokenCount: 1, totalTokenCount: 1 } }),
  whole: (text, reason, usage) => response([{ text }], { finishReason: REASONS[reason] }, usage && figures(usage)),
  refusal: (status, message, code) => ({ error: { code: status, message, status: code ?? STATUSES[status] } }),
  models: (ids) => ({
    models: ids.map((id) => ({ name: `models/${id}`, inputTokenLimit: 8_192, supportedGenerationMethods: ['generateContent'] })),
  }),
};
