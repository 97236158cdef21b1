import { type Usage } from '@echo/contract';
import { countOf } from '../asking/answer';
import { isRecord, type JsonRecord } from '../transport/json';

/** The tokens that a chunk reports, if it does. Where several do (Perplexity), each one holds the sum so far: the last one counts. */
export function readUsage(chunk: JsonRecord): Usage | undefined {
  const groq = chunk['x_groq'];
  const usage = chunk['usage'] ?? (isRecord(groq) ? groq['usage'] : undefined);
  if (!isRecord(usage)) return undefined;
  const input = countOf(usage['prompt_tokens']);
  const output = countOf(usage['completion_tokens']);
  if (input === undefined && output === undefined) return undefined;
  return { input_tokens: input ?? 0, output_tokens: (output ?? 0) + uncountedReasoning(usage, input ?? 0, output ?? 0) };
}

/** xAI counts the tokens of reasoning outside of `completion_tokens`; only the total tells. */
function uncountedReasoning(usage: JsonRecord, input: number, output: number): number {
  const details = usage['completion_tokens_details'];
  const reasoning = isRecord(details) ? (countOf(details['reasoning_tokens']) ?? 0) : 0;
  return countOf(usage['total_tokens']) === input + output + reasoning ? reasoning : 0;
}
