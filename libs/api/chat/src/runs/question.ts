import { type AcceptedRun, type Past } from '@echo/api-persistence';
import { estimateTokens, type ModelRequest } from '@echo/api-providers';

/** Our guess of tokens may be short of the truth by so much: code and many scripts need more of them. */
const MARGIN = 1.2;
/** Tokens that stand around each message. */
const FRAME = 4;
/** What is left for the answer: a quarter of the context, and no more than this. */
const MAX_ROOM = 16_384;

/**
 * How many of the oldest messages do not fit into the model's context beside the others and room for an answer. Whole turns: what is kept begins with a
 * person's message, and the last one is always kept.
 */
export function overflow({ history, systemPrompt, prefix }: Past, contextLength: number | null): number {
  if (contextLength === null) return 0;
  const room = Math.min(contextLength / 4, MAX_ROOM);
  let left = (contextLength - room) / MARGIN - sizeOf(systemPrompt ?? '') - sizeOf(prefix);
  let kept = history.length;
  for (let index = history.length - 1; index >= 0; index--) {
    left -= sizeOf(history[index]?.content ?? '');
    const isLast = kept === history.length;
    if (left < 0 && !isLast) return kept;
    if (history[index]?.role === 'user') kept = index;
  }
  // An exchange may begin with the assistant: then nothing was cut.
  return 0;
}

function sizeOf(text: string): number {
  return text === '' ? 0 : estimateTokens(text) + FRAME;
}

/** What a model is asked, whichever it is. */
export class Question {
  constructor(private readonly accepted: Extract<AcceptedRun, { existing: false }>) {}

  /** For a model with so much context: what it is given, and the newest message that it is not given. */
  for(contextLength: number | null): { readonly request: ModelRequest; readonly memoryAfter: number | null } {
    const { history, systemPrompt, prefix, temperature } = this.accepted;
    const count = overflow(this.accepted, contextLength);
    const request: ModelRequest = {
      messages: [
        ...(systemPrompt ? [{ role: 'system' as const, content: systemPrompt }] : []),
        ...history.slice(count).map(({ role, content }) => ({ role, content })),
        ...(prefix ? [{ role: 'assistant' as const, content: prefix }] : []),
      ],
      ...(temperature === null ? {} : { temperature }),
    };
    return { request, memoryAfter: history[count - 1]?.id ?? null };
  }
}
