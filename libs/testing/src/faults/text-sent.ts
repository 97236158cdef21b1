import { type ScriptedAnswer } from '../provider-server/scripted-answer';

/** The text in the first `bytes` bytes of an OpenAI-like scripted answer; all of it unless `bytes` is given. */
export function textSent(answer: ScriptedAnswer, bytes = Infinity): string {
  const whole = Buffer.concat(
    answer.steps.flatMap((step) => ('write' in step ? Array<Buffer>(step.times ?? 1).fill(Buffer.from(step.write)) : [])),
  );
  return whole
    .subarray(0, bytes)
    .toString()
    .split('\n\n')
    .slice(0, -1)
    .map((event) => (event.startsWith('data: {') ? contentOf(JSON.parse(event.slice(6)) as Chunk) : ''))
    .join('');
}

interface Chunk {
  readonly choices?: readonly { readonly delta?: { readonly content?: string | null } }[];
}

function contentOf({ choices }: Chunk): string {
  return choices?.[0]?.delta?.content ?? '';
}
