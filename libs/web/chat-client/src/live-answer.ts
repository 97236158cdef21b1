import { signal } from '@angular/core';
import { type RunEvent } from '@echo/contract';
import { applyEvent } from './apply-event';
import { type ChatMessage } from './chat-message';
import { FrameCommitter } from './frame-committer';
import { TextSmoother } from './text-smoother';

/** The answer being made. Its text reaches the signal once per animation frame; everything else at once. */
export class LiveAnswer {
  readonly #message = signal<ChatMessage | undefined>(undefined);
  readonly #text = new TextSmoother();
  readonly #reasoning = new TextSmoother();
  readonly #frames: FrameCommitter;
  #smooth = true;
  /** How much of the text that is shown has come again since the last start, in UTF-16 units; undefined: nothing of it is to come. */
  #again: number | undefined;

  readonly message = this.#message.asReadonly();

  constructor(document: Document) {
    this.#frames = new FrameCommitter(document, () => this.#commit());
  }

  begin(message: ChatMessage): void {
    this.release();
    this.#smooth = !this.#frames.stillness;
    this.#message.set(message);
  }

  apply(event: RunEvent): void {
    const message = this.#message();
    if (!message) return;
    if (event.type !== 'content' && event.type !== 'reasoning') {
      this.flush();
      if (event.type === 'start') this.#again = 0;
      return this.#message.update((flushed) => flushed && applyEvent(flushed, event, Date.now()));
    }
    const chunk = event.type === 'content' ? this.#unseen(event.chunk) : event.chunk;
    if (chunk === '') return;
    this.#message.update((before) => before && begun(before, event.type));
    (event.type === 'content' ? this.#text : this.#reasoning).push(chunk, performance.now());
    this.#frames.schedule();
  }

  /** Puts another state of the same answer in place, its text included. */
  replace(message: ChatMessage): void {
    this.#clear();
    this.#message.set(message);
  }

  /** Shows everything that has come. */
  flush(): void {
    this.#frames.cancel();
    this.#show(this.#reasoning.takeAll(), this.#text.takeAll());
  }

  /** Shows everything that has come, and hands the answer over. */
  end(): ChatMessage | undefined {
    this.flush();
    const message = this.#message();
    this.#message.set(undefined);
    return message;
  }

  /** Drops the answer; nothing of it is running afterwards. */
  release(): void {
    this.#clear();
    this.#message.set(undefined);
  }

  /** What of `chunk` is not shown yet. A continuation, or a replay, begins with text that is: it stays where it is, until something else comes in its place. */
  #unseen(chunk: string): string {
    if (this.#again === undefined) return chunk;
    const shown = this.#message()?.text ?? '';
    const rest = shown.slice(this.#again);
    if (rest !== '' && rest.startsWith(chunk)) {
      this.#again += chunk.length;
      return '';
    }
    const kept = chunk.startsWith(rest) ? shown : shown.slice(0, this.#again);
    this.#again = undefined;
    if (kept === shown) return chunk.slice(rest.length);
    this.#message.update((message) => message && { ...message, text: kept });
    return chunk;
  }

  #commit(): void {
    if (!this.#smooth || !this.#frames.drawing) return this.flush();
    const now = performance.now();
    // Once the answer has begun, its reasoning is over: the rest of it must not hold the answer up.
    const reasoning = this.#text.backlog > 0 ? this.#reasoning.takeAll() : this.#reasoning.take(now);
    this.#show(reasoning, this.#text.take(now));
    if (this.#text.backlog + this.#reasoning.backlog > 0) this.#frames.schedule();
  }

  #show(reasoning: string, text: string): void {
    if (reasoning === '' && text === '') return;
    this.#message.update((message) => message && { ...message, reasoning: message.reasoning + reasoning, text: message.text + text });
  }

  #clear(): void {
    this.#frames.cancel();
    this.#text.clear();
    this.#reasoning.clear();
  }
}

/** Thoughts come before the answer: its first word is the first of its text. */
function begun(message: ChatMessage, type: 'content' | 'reasoning'): ChatMessage {
  const moment = type === 'content' ? 'firstContentAt' : 'thoughtAt';
  const isFirst = message.startedAt !== undefined && message[moment] === undefined;
  if (message.state === 'streaming' && !isFirst) return message;
  return { ...message, state: 'streaming', ...(isFirst ? { [moment]: Date.now() } : {}) };
}
