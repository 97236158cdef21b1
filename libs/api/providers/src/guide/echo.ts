import { countChars } from '@echo/contract';
import { estimateTokens } from '../stream/token-estimate';
import { NOT_AN_AI } from './help';

/** The prompt itself, byte for byte, in a fence that nothing in it can close. */
export function echoAnswer(prompt: string): string {
  const longest = prompt.match(/`+/g)?.reduce((most, run) => Math.max(most, run.length), 0) ?? 0;
  const fence = '`'.repeat(Math.max(3, longest + 1));
  const chars = countChars(prompt);
  const tokens = estimateTokens(prompt);
  return `${NOT_AN_AI} It sends back what you wrote:

${fence}text
${prompt}
${fence}

That is ${figure(chars, 'character')}, about ${figure(tokens, 'token')}.

For real answers connect a model: \`/setup\` shows how. \`/help\` tells what else the Guide can do.
`;
}

function figure(count: number, noun: string): string {
  return `**${count.toLocaleString('en')}** ${noun}${count === 1 ? '' : 's'}`;
}
