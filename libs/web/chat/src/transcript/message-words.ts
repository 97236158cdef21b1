import { type ChatMessage } from '@echo/web-chat-client';
import { format } from '../composer/fault-words';

/** What is worth knowing about an answer: who wrote it, how long that took, how much it is. */
export function metaOf(message: ChatMessage): string[] {
  const parts: string[] = [];
  if (message.model !== null) parts.push(message.provider === 'guide' ? 'Guide' : message.model);
  if (message.startedAt !== undefined && message.finishedAt !== undefined) parts.push(seconds(message.finishedAt - message.startedAt));
  if (message.usage !== null) {
    const tokens = message.usage.output_tokens;
    parts.push(`${message.usage.estimated ? 'about ' : ''}${format(tokens)} ${tokens === 1 ? 'token' : 'tokens'}`);
  }
  if (message.finishReason === 'length') parts.push('cut at the model’s length limit');
  if (message.finishReason === 'content_filter') parts.push('cut by the provider’s filter');
  return parts;
}

/** How an answer ended, where it did not end by itself. */
export interface Ending {
  readonly kind: 'stopped' | 'interrupted' | 'failed';
  readonly words: string;
}

export function endingOf(message: ChatMessage): Ending | undefined {
  const kept = message.text === '' ? '' : ` ${words(message.text)} kept.`;
  switch (message.state) {
    case 'stopped':
      return { kind: 'stopped', words: `Stopped by you.${kept}` };
    case 'interrupted':
      return { kind: 'interrupted', words: `${message.error?.message ?? 'The server stopped while answering.'}${kept}` };
    case 'failed':
      return { kind: 'failed', words: `${message.error?.message ?? 'The model could not answer.'}${kept}` };
    case 'pending':
    case 'unsent':
    case 'queued':
    case 'connecting':
    case 'streaming':
    case 'completed':
      return undefined;
  }
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
