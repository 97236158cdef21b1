import { type Usage } from '@echo/contract';

/** Counts as a vendor gives them; those that it does not give are undefined. */
export interface Counts {
  /** All that was read, cached or not. */
  readonly input: number | undefined;
  /** All that was said, thoughts included. */
  readonly output: number | undefined;
  /** Those of the input that came from the vendor's cache. */
  readonly cached?: number | undefined;
  /** Those of the output that were thoughts. */
  readonly reasoning?: number | undefined;
}

/** The tokens of an answer; undefined where nobody counted them. A part never is more than its whole, whatever a vendor says. */
export function usageOf({ input, output, cached = 0, reasoning = 0 }: Counts): Usage | undefined {
  if (input === undefined && output === undefined) return undefined;
  const [input_tokens, output_tokens] = [input ?? 0, output ?? 0];
  const [cached_tokens, reasoning_tokens] = [Math.min(cached, input_tokens), Math.min(reasoning, output_tokens)];
  return {
    input_tokens,
    output_tokens,
    ...(cached_tokens > 0 ? { cached_tokens } : {}),
    ...(reasoning_tokens > 0 ? { reasoning_tokens } : {}),
  };
}
