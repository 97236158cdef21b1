/** The part of a model's answer, seen from outside: any type that has a `type` and perhaps a `text`. */
interface AnswerPart {
  readonly type: string;
  readonly text?: string;
}

/** Everything that came of one answer. */
export interface CollectedAnswer<Part extends AnswerPart> {
  readonly parts: readonly Part[];
  readonly text: string;
  readonly reasoning: string;
  /** The last part, when it is the end. */
  readonly finish: Extract<Part, { type: 'finish' }> | undefined;
  /** What was thrown. */
  readonly error: unknown;
}

/** Reads an answer to its end. Errors are part of the outcome; `onPart` sees each part as it comes. */
export async function collectAnswer<Part extends AnswerPart>(
  answer: AsyncIterable<Part>,
  onPart: (part: Part) => void = () => undefined,
): Promise<CollectedAnswer<Part>> {
  const parts: Part[] = [];
  let error: unknown;
  try {
    for await (const part of answer) {
      parts.push(part);
      onPart(part);
    }
  } catch (thrown) {
    error = thrown;
  }
  const join = (type: string) => parts.map((part) => (part.type === type ? part.text : '')).join('');
  const last = parts.at(-1);
  const finish = last?.type === 'finish' ? (last as Extract<Part, { type: 'finish' }>) : undefined;
  return { parts, text: join('text'), reasoning: join('reasoning'), finish, error };
}
