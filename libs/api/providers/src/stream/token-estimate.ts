import { type Usage } from '@echo/contract';
import { type ModelMessage } from '../language-model';

/** A guess for when nobody counted: four bytes of UTF-8 are about one token. */
export function estimateTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 4);
}

/** Usage of an answer whose provider gave no figures, or that did not end: marked as estimated. */
export function estimateUsage(messages: readonly ModelMessage[], answer: string): Usage {
  const input = messages.reduce((tokens, { content }) => tokens + estimateTokens(content), 0);
  return { input_tokens: input, output_tokens: estimateTokens(answer), estimated: true };
}
