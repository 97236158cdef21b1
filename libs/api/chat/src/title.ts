import { LIMITS } from '@echo/contract';

/** A conversation's title: the first line of the prompt that says something, at most 60 characters. */
export function titleOf(prompt: string): string {
  const line = prompt.split(/\r\n|[\n\r\u2028\u2029]/).find((each) => each.trim() !== '') ?? '';
  return [...line.trim()].slice(0, LIMITS.autoTitleChars).join('');
}
