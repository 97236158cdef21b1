import { type ChatMessage } from '@echo/web-chat-client';
import { format } from '../composer/fault-words';

/** What is worth knowing about an answer: who wrote it, how long that took, how much it is. */
export function metaOf(message: ChatMessage): string[] {
  const parts: string[] = [];
  if (message.model !== null) parts.push(message.provider === 'guide' ? 'Guide' : message.model);
  if (message.startedAt !== undefined && message.finishedAt !== undefined) parts.push(seconds(message.finishedAt - message.startedAt));
  // None are worth no word: nothing was said, or nobody counted.
  if (message.usage !== null && message.usage.output_tokens > 0) {
    const tokens = message.usage.output_tokens;
    parts.push(`${message.usage.estimated ? 'about ' : ''}${format(tokens)} ${tokens === 1 ? 'token' : 'tokens'}`);
  }
  if (message.finishReason === 'content_filter') parts.push('cut by the provider’s filter');
  return parts;
}

/** How an answer ended, where it did not end by itself. */
export interface Ending {
  readonly kind: 'stopped' | 'interrupted' | 'failed' | 'cut';
  readonly words: string;
}

/** Whether the answer ended early, with a text to go on from. */
export function isUnfinished(message: ChatMessage): boolean {
  return message.text !== '' && endingOf(message) !== undefined;
}

/** What to say where the model that wrote the answer does not go on from it. */
export function noWayOn({ model }: ChatMessage): string {
  return `${model ?? 'The model'} cannot go on from where it stopped; regenerate the answer.`;
}

export function endingOf(message: ChatMessage): Ending | undefined {
  switch (message.state) {
    case 'stopped':
      return { kind: 'stopped', words: withCount('Stopped by you.', message.text) };
    case 'interrupted':
      return { kind: 'interrupted', words: withCount(message.error?.message ?? 'The server stopped while answering.', message.text) };
    case 'failed':
      return { kind: 'failed', words: withCount(message.error?.message ?? 'The model could not answer.', message.text) };
    case 'pending':
    case 'unsent':
    case 'queued':
    case 'connecting':
    case 'streaming':
      return undefined;
    case 'completed':
      return message.finishReason === 'length' ? { kind: 'cut', words: 'Cut at the model’s length limit.' } : undefined;
  }
}

/** The sentence, and how much came. Most of the server's sentences say themselves that it is kept. */
function withCount(sentence: string, text: string): string {
  if (text === '') return sentence;
  return `${sentence} ${words(text)} ${/\bkept\b/.test(sentence) ? 'came' : 'kept'}.`;
}

/** `312 words`, as a reader counts: CJK text by characters. */
export function words(text: string): string {
  const count = countWords(text);
  return `${format(count)} ${count === 1 ? 'word' : 'words'}`;
}

function countWords(text: string): number {
  return text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}][\p{L}\p{N}'’_-]*/gu)?.length ?? 0;
}

/** Milliseconds as `0.8 s`, `12 s` or `2 min 5 s`. */
export function seconds(duration: number): string {
  if (duration < 10_000) return `${(Math.max(0, duration) / 1000).toFixed(1)} s`;
  const whole = Math.round(duration / 1000);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
