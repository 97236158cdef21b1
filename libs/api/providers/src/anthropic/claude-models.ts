import { type ProviderSettings } from '../provider-settings';

/** How much a model may say at most, by its name: the API wants to be told. Where this is too much, it names the limit when it refuses. */
const OUTPUT_LIMITS: readonly (readonly [RegExp, number])[] = [
  [/claude-(instant|2|3-(opus|sonnet|haiku))/, 4_096],
  [/claude-3-5-/, 8_192],
  [/claude-opus-4(-[01])?(-2025|@|$)/, 32_000],
  [/claude-/, 64_000],
];
/** For models of others behind the same protocol. */
const USUAL_LIMIT = 8_192;
/** Models that take a last message of the assistant for the beginning of their answer: later ones refuse it. */
const CONTINUES = /claude-(instant|[123][-.]|(opus|sonnet|haiku)-4(-[015])?(-\d{8}|@|-latest|$))/;

/** Tokens. */
export function outputLimit(model: string): number {
  return OUTPUT_LIMITS.find(([names]) => names.test(model))?.[1] ?? USUAL_LIMIT;
}

/** The operator's word, else what is known of the model. */
export function continues({ continues }: ProviderSettings, model: string): boolean {
  return continues ?? CONTINUES.test(model);
}
