import { type ModelRules } from '@echo/contract';

/** A rule as it is written: for which models, and who answers in their place, in this order. */
export interface FallbackRow {
  readonly model: string;
  readonly chain: readonly string[];
}

export function rowsOf({ fallbacks }: ModelRules): readonly FallbackRow[] {
  return Object.entries(fallbacks).map(([model, chain]) => ({ model, chain }));
}

/** Rules of which nothing is written are none; those for the same models are one. */
export function fallbacksOf(rows: readonly FallbackRow[]): ModelRules['fallbacks'] {
  const fallbacks: Record<string, readonly string[]> = {};
  for (const row of rows) {
    const model = row.model.trim();
    const chain = row.chain.map((name) => name.trim()).filter((name) => name !== '');
    if (model === '' && chain.length === 0) continue;
    fallbacks[model] = [...new Set([...(fallbacks[model] ?? []), ...chain])];
  }
  return fallbacks;
}

/** Whether a name is one of those that a pattern means, in which `*` stands for anything. As the server reads it. */
export function matches(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(name);
}
