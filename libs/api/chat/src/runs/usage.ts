import { type ModelRequest } from '@echo/api-providers';
import { type Usage } from '@echo/contract';

/** Characters of one token, roughly, in European languages and code. */
const CHARS_PER_TOKEN = 4;

/** A guess, marked as one, for runs whose provider gave no figures. */
export function estimateUsage(request: ModelRequest, outputChars: number): Usage {
  const inputChars = request.messages.reduce((sum, message) => sum + message.content.length, 0);
  return {
    input_tokens: Math.ceil(inputChars / CHARS_PER_TOKEN),
    output_tokens: Math.ceil(outputChars / CHARS_PER_TOKEN),
    estimated: true,
  };
}
