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
      return this.#message.update((flushed) => flushed && applyEvent(flushed, event, Date.now()));
    }
    if (message.state !== 'streaming') this.#message.set(streaming(message));
    (event.type === 'content' ? this.#text : this.#reasoning).push(event.chunk);
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

  #commit(): void {
    if (!this.#smooth || !this.#frames.drawing) return this.flush();
    // Once the answer has begun, its reasoning is over: the rest of it must not hold the answer up.
    const reasoning = this.#text.backlog > 0 ? this.#reasoning.takeAll() : this.#reasoning.take();
    this.#show(reasoning, this.#text.take());
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

function streaming(message: ChatMessage): ChatMessage {
  const timed = message.startedAt === undefined || message.firstContentAt !== undefined ? {} : { firstContentAt: Date.now() };
  return { ...message, state: 'streaming', ...timed };
}
