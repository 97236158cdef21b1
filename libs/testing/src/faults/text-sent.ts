import { type ScriptedAnswer } from '../provider-server/scripted-answer';

/** What is said without end is said so often. */
const MOST_TIMES = 1_000;

/** The text in the first `bytes` bytes of an OpenAI-like scripted answer; all of it unless `bytes` is given. */
export function textSent(answer: ScriptedAnswer, bytes = Infinity): string {
  const whole = Buffer.concat(
    answer.steps.flatMap((step) =>
      'write' in step ? Array<Buffer>(Math.min(step.times ?? 1, MOST_TIMES)).fill(Buffer.from(step.write)) : [],
    ),
  );
  return whole
    .subarray(0, bytes)
    .toString()
    .split('\n\n')
    .slice(0, -1)
    .map((event) => contentOf(event.startsWith('data: ') ? parse(event.slice(6)) : undefined))
    .join('');
}

/** What is broken on purpose holds no text. */
function parse(json: string): Chunk | undefined {
  try {
    return JSON.parse(json) as Chunk;
  } catch {
    return undefined;
  }
}

interface Chunk {
  readonly choices?: readonly { readonly delta?: { readonly content?: string | null } }[];
}

function contentOf(chunk: Chunk | undefined): string {
  return chunk?.choices?.[0]?.delta?.content ?? '';
}
