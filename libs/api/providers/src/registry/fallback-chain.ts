import { matchesPattern } from './model-pattern';
import { type Fallbacks } from './runtime-settings';

/** The models that are asked in place of `name` when it fails before its first word, in this order. The first list that has it, by name before by pattern. */
export function fallbackChain(name: string, lists: readonly Fallbacks[]): readonly string[] {
  for (const list of lists) {
    const chain = list[name] ?? Object.entries(list).find(([pattern]) => pattern.includes('*') && matchesPattern(pattern, name))?.[1];
    if (chain !== undefined) return chain.filter((each) => each !== name);
  }
  return [];
}
