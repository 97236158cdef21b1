import { type Usage } from '@echo/contract';
import { countOf, detailOf } from '../asking/answer';
import { usageOf } from '../asking/usage';
import { isRecord, type JsonRecord } from '../transport/json';

/** The tokens that a chunk reports, if it does. Where several do (Perplexity), each one holds the sum so far: the last one counts. */
export function readUsage(chunk: JsonRecord): Usage | undefined {
  const groq = chunk['x_groq'];
  const usage = chunk['usage'] ?? (isRecord(groq) ? groq['usage'] : undefined);
  if (!isRecord(usage)) return undefined;
  const input = countOf(usage['prompt_tokens']);
  const said = countOf(usage['completion_tokens']);
  const reasoning = detailOf(usage, 'completion_tokens_details', 'reasoning_tokens');
  const output = said === undefined ? undefined : said + uncountedReasoning(usage, input ?? 0, said, reasoning ?? 0);
  // DeepSeek has a name of its own for them.
  const cached = detailOf(usage, 'prompt_tokens_details', 'cached_tokens') ?? countOf(usage['prompt_cache_hit_tokens']);
  return usageOf({ input, output, cached, reasoning });
}

/** xAI counts the tokens of reasoning outside of `completion_tokens`; only the total tells. */
function uncountedReasoning(usage: JsonRecord, input: number, said: number, reasoning: number): number {
  return countOf(usage['total_tokens']) === input + said + reasoning ? reasoning : 0;
}
