import { type FieldProblem, type TextFinding, type TextFindings } from '@echo/contract';
import { Refusal } from '../refusals/refusal';

/** Places that a refusal names. */
const MAX_PLACES = 20;

/** A text and what was found in it. `pointer` is a JSON Pointer into the body. */
export interface LookedAt {
  readonly pointer: string;
  readonly findings: TextFindings | null;
}

/** The refusal of a message for what was found in it; undefined where nothing was. */
export function refusalOf(texts: readonly LookedAt[]): Refusal | undefined {
  const [first, ...others] = texts.flatMap(({ pointer, findings }) => findings?.places.map((place) => problemOf(pointer, place)) ?? []);
  return first && Refusal.ofFields([first, ...others.slice(0, MAX_PLACES - 1)]);
}

function problemOf(pointer: string, { kind, index, length, count }: TextFinding): FieldProblem {
  if (kind === 'template_token') {
    return {
      pointer,
      code: 'template_tokens',
      detail: `The ${length} characters at position ${index} are what a model’s template uses as a mark. Spell them differently.`,
    };
  }
  const what = count === 1 ? 'One hidden character stands' : `${count} hidden characters stand`;
  return {
    pointer,
    code: 'hidden_characters',
    detail: `${what} at position ${index} (${WORDS[kind]}). Remove ${count === 1 ? 'it' : 'them'}.`,
  };
}

const WORDS = {
  tag_characters: 'Unicode tags',
  bidi_controls: 'controls of the direction of text',
  invisible_characters: 'invisible characters',
} as const satisfies Record<Exclude<TextFinding['kind'], 'template_token'>, string>;
