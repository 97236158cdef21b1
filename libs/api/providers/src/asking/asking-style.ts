import { type FailureReport } from '../errors/answer-fault';
import { type ModelRequest } from '../language-model';

/** A field of a request that some models or servers refuse though it is standard elsewhere, and without which they answer as well. */
export type OptionalField = 'stream_options' | 'temperature' | 'reasoning' | 'max_tokens';

/** How the answer is asked for. */
export interface AskingStyle {
  readonly stream: boolean;
  /** What was refused and is left out, or is said in another way. */
  readonly without: readonly OptionalField[];
  /** The output limit that the provider named when it refused a greater one. Tokens. */
  readonly maxOutputTokens?: number;
}

export const FIRST_STYLE: AskingStyle = { stream: true, without: [] };

const SIGNS: Record<OptionalField, RegExp> = {
  stream_options: /stream_options|include_usage/i,
  temperature: /temperature/i,
  reasoning: /reasoning|thinking|thoughts/i,
  max_tokens: /max_completion_tokens/i,
};
const REFUSES = /not\b|n't|unsupported|unrecognized|unknown|unexpected|extra|only|must|disabled|deprecated|without/i;
/** Fewer tokens than this are no answer: then the conversation is too long. */
const SHORTEST_ANSWER = 256;

/**
 * How to ask once more after a refusal that is about one of the `optional` fields that were sent, about the output limit, or about streaming and
 * nothing else. Undefined when the refusal has another reason.
 */
export function easierStyle(
  style: AskingStyle,
  optional: readonly OptionalField[],
  status: number,
  failure: FailureReport | undefined,
): AskingStyle | undefined {
  if (failure === undefined || ![400, 403, 404, 405, 415, 422, 501].includes(status)) return undefined;
  const said = `${failure.param} ${failure.message}`;
  const refused = optional.find((field) => !style.without.includes(field) && SIGNS[field].test(said) && REFUSES.test(said));
  if (refused !== undefined) return { ...style, without: [...style.without, refused] };
  const limit = namedLimit(said);
  if (limit !== undefined && style.maxOutputTokens === undefined) return { ...style, maxOutputTokens: limit };
  if (!style.stream || /not found/i.test(said)) return undefined;
  return failure.param === 'stream' || (/\bstream/i.test(said) && REFUSES.test(said)) ? { ...style, stream: false } : undefined;
}

/** `max_tokens: 64000 > 8192, which is …`, or `input length and max_tokens exceed context limit: 190000 + 64000 > 200000`. */
function namedLimit(said: string): number | undefined {
  const [, most] = /max_tokens: \d+ > (\d+)/.exec(said) ?? [];
  const [, input, context] = /context limit: (\d+) \+ \d+ > (\d+)/.exec(said) ?? [];
  const limit = most === undefined ? Number(context) - Number(input) : Number(most);
  return limit >= SHORTEST_ANSWER ? limit : undefined;
}

/** The fields that an OpenAI-like request sends and may be refused. */
export function optionalFields({ temperature, maxOutputTokens }: ModelRequest): readonly OptionalField[] {
  return [
    'stream_options',
    ...(temperature === undefined ? [] : (['temperature'] as const)),
    ...(maxOutputTokens === undefined ? [] : (['max_tokens'] as const)),
  ];
}
