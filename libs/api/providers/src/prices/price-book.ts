import { type Cost, type ModelPrice, type Usage } from '@echo/contract';
import { matchesPattern } from '../registry/model-pattern';
import { type PricedModel, type PriceList, readPriceList } from './price-list';
import shipped from './prices.json';

/** What is known of a model beside its name. */
export interface ModelFacts {
  readonly price: ModelPrice | null;
  /** Tokens. */
  readonly contextLength: number | null;
  /** Whether it thinks before it speaks; null when nobody knows. */
  readonly reasoning: boolean | null;
}

/** What names a dated edition: `-2024-08-06`, `-20241022`, `-latest`, `-0613`, `-001`, `-preview`. */
const EDITION = /^(-\d{4}-\d{2}-\d{2}|-\d{8}|-\d{3,4}|-latest|-preview)+$/;
const NOTHING: ModelFacts = { price: null, contextLength: null, reasoning: null };
const MILLION = 1_000_000;

/** Knows what models cost: by the operator's list first, then by the one that we ship. */
export class PriceBook {
  readonly #lists: readonly PriceList[];

  constructor(own?: PriceList) {
    this.#lists = [...(own === undefined ? [] : [own]), readPriceList(shipped)];
  }

  facts(provider: { readonly id: string; readonly baseUrl: string }, model: string): ModelFacts {
    const host = new URL(provider.baseUrl).hostname;
    for (const { as_of, currency, vendors } of this.#lists) {
      const found = vendors
        .filter(({ hosts = [], providers = [] }) => providers.includes(provider.id) || hosts.some((known) => isBelow(host, known)))
        .flatMap(({ models }) => models)
        .find((each) => isMeant(each, model));
      if (found === undefined) continue;
      const { input, output, cached_input, context_length, reasoning } = found;
      const price = { input, output, cached_input: cached_input ?? null, currency, as_of };
      return { price, contextLength: context_length ?? null, reasoning: reasoning ?? null };
    }
    return NOTHING;
  }
}

/** What so many tokens cost at this price. */
export function costOf(price: ModelPrice, usage: Usage): Cost {
  const cached = Math.min(usage.cached_tokens ?? 0, usage.input_tokens);
  const amount =
    ((usage.input_tokens - cached) * price.input + cached * (price.cached_input ?? price.input) + usage.output_tokens * price.output) /
    MILLION;
  // A billionth is less than one token of anything; beyond it there is only the noise of binary fractions.
  return { amount: Number(amount.toFixed(9)), currency: price.currency };
}

function isBelow(host: string, known: string): boolean {
  return host === known || host.endsWith(`.${known}`);
}

function isMeant(priced: PricedModel, model: string): boolean {
  // Gemini's own list says `models/` before each name.
  const name = model.replace(/^models\//, '');
  if (priced.model.includes('*')) return matchesPattern(priced.model, name);
  return name === priced.model || (name.startsWith(priced.model) && EDITION.test(name.slice(priced.model.length)));
}
