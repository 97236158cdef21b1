import { textOf } from '../asking/answer';
import { isRecord } from '../transport/json';

export interface DeltaText {
  readonly text: string;
  readonly reasoning: string;
}

/**
 * The text of a delta or of a whole message. `content` may be null, or a list of parts (Mistral). Reasoning has two names: `reasoning_content`
 * (DeepSeek, vLLM) and `reasoning` (OpenRouter, Groq); who sends both sends the same twice. A refusal is text that a person should read.
 */
export function readDelta(delta: unknown): DeltaText {
  if (!isRecord(delta)) return { text: '', reasoning: '' };
  const content = readContent(delta['content']);
  return {
    text: content.text + textOf(delta['refusal']),
    reasoning: (textOf(delta['reasoning_content']) || textOf(delta['reasoning'])) + content.reasoning,
  };
}

function readContent(content: unknown): DeltaText {
  if (typeof content === 'string') return { text: content, reasoning: '' };
  let text = '';
  let reasoning = '';
  for (const part of Array.isArray(content) ? content.filter(isRecord) : []) {
    if (part['type'] === 'thinking')
      reasoning += typeof part['thinking'] === 'string' ? part['thinking'] : readContent(part['thinking']).text;
    else text += textOf(part['text']);
  }
  return { text, reasoning };
}
