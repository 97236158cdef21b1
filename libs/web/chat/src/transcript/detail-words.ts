import { type ConversationUsage, type Cost, type Usage } from '@echo/contract';
import { type ChatMessage } from '@echo/web-chat-client';
import { costWords } from '@echo/web-forms';
import { format } from '../composer/fault-words';
import { seconds } from './message-words';

/** One line of the details: what it is about, and what there is to say. */
export interface Detail {
  readonly term: string;
  readonly words: string;
}

/** How an answer was made, and what it took: what is not known is left out. */
export function detailsOf(message: ChatMessage): readonly Detail[] {
  const { provider, model, fallback, usage, cost } = message;
  const { first, total } = timesOf(message);
  const thinking = message.reasoning === '' ? undefined : thinkingTimeOf(message);
  // Built in: nobody sells it.
  const isFree = provider === 'guide';
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['Model', model ?? undefined],
    ['Provider', isFree ? undefined : (provider ?? undefined)],
    ['Asked for', fallback?.asked],
    ['Thought for', thinking === undefined ? undefined : seconds(thinking)],
    ['First word after', first === undefined || message.text === '' ? undefined : seconds(first + (thinking ?? 0))],
    ['Duration', total === undefined ? undefined : seconds(total)],
    ['Tokens read', usage ? tokenWords(usage.input_tokens, usage, usage.cached_tokens, 'from the cache') : undefined],
    ['Tokens written', usage ? tokenWords(usage.output_tokens, usage, usage.reasoning_tokens, 'only thought') : undefined],
    ['Speed', speedOf(usage, first, total)],
    ['Cost', usage && !isFree ? priceWords(cost, usage.estimated === true) : undefined],
  ];
  return lines.flatMap(([term, words]) => (words === undefined ? [] : [{ term, words }]));
}

/** `12,345 tokens read, 2,345 written · $0.12` */
export function sumWords({ input_tokens, output_tokens, estimated, costs }: ConversationUsage): string {
  const about = estimated ? 'about ' : '';
  const price = costs.map((cost) => ` · ${about}${costWords(cost)}`).join('');
  return `${about}${format(input_tokens)} tokens read, ${format(output_tokens)} written${price}`;
}

/** Milliseconds from the first thought to the first word of the answer, or where none came, to the end: the server's measure, else what this page saw. */
export function thinkingTimeOf({ timing, thoughtAt, firstContentAt, finishedAt }: ChatMessage): number | undefined {
  if (timing?.reasoning_ms != null) return timing.reasoning_ms;
  const end = firstContentAt ?? finishedAt;
  return thoughtAt === undefined || end === undefined ? undefined : end - thoughtAt;
}

/** Milliseconds to the first word or thought, and to the end: the server's measure, else what this page saw. */
function timesOf(message: ChatMessage): { first: number | undefined; total: number | undefined } {
  const { timing, startedAt, thoughtAt, firstContentAt, finishedAt } = message;
  if (timing) return { first: timing.first_content_ms ?? undefined, total: timing.total_ms };
  const since = (moment: number | undefined) => (startedAt === undefined || moment === undefined ? undefined : moment - startedAt);
  return { first: since(thoughtAt ?? firstContentAt), total: since(finishedAt) };
}

function tokenWords(count: number, { estimated }: Usage, part: number | undefined, what: string): string {
  const of = part ? `, ${format(part)} of them ${what}` : '';
  return `${format(count)}${of}${estimated ? ' (estimated: the provider gave no figures)' : ''}`;
}

/** From the first word or thought to the end: before it, the model reads. */
function speedOf(usage: Usage | null, first: number | undefined, total: number | undefined): string | undefined {
  if (usage === null || usage.output_tokens < 2 || first === undefined || total === undefined || total - first < 50) return undefined;
  const speed = usage.output_tokens / ((total - first) / 1000);
  return `${usage.estimated ? 'about ' : ''}${format(Math.round(speed))} tokens a second`;
}

function priceWords(cost: Cost | null | undefined, isEstimated: boolean): string {
  if (!cost) return 'not known: there is no price for this model';
  return `${isEstimated ? 'about ' : ''}${costWords(cost)}`;
}
