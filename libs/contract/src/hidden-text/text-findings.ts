/** What can be found in a text that its reader does not see, or that a model may not take for text. */
export const FINDING_KINDS = ['tag_characters', 'bidi_controls', 'invisible_characters', 'template_token'] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** One place of a text where something was found. The text itself is never changed. */
export interface TextFinding {
  readonly kind: FindingKind;
  /** Where it begins and how long it is, in UTF-16 units. */
  readonly index: number;
  readonly length: number;
  /** Characters (code points); 1 for a template token. */
  readonly count: number;
}

/** All that was found in one message. */
export interface TextFindings {
  /** Hidden characters, in all. */
  readonly hidden_characters: number;
  /** Spellings of template tokens, in all. */
  readonly template_tokens: number;
  /** Where, in the order of the text; the first hundred. */
  readonly places: readonly TextFinding[];
}

/** Places that are told one by one. */
const MAX_PLACES = 100;

/** Sums up what was found in one text, in any order; null: nothing. */
export function summarize(found: readonly TextFinding[]): TextFindings | null {
  if (found.length === 0) return null;
  const tokens = found.filter(({ kind }) => kind === 'template_token').length;
  const all = found.reduce((sum, { count }) => sum + count, 0);
  const places = [...found].sort((one, other) => one.index - other.index).slice(0, MAX_PLACES);
  return { hidden_characters: all - tokens, template_tokens: tokens, places };
}
