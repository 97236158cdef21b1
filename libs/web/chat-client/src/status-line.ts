import { signal } from '@angular/core';
import { type RunEvent, type StatusEvent } from '@echo/contract';
import { type ChatPhase, type ChatStatus } from './chat-status';
import { reasonSentence } from './run-words';

/** Phases in which we hear the run, so that silence of the model means something. */
const HEARD: readonly ChatPhase[] = ['waiting', 'streaming', 'retrying'];

/** What is going on, from events and connections to one signal; and the clock that notices when nothing is. */
export class StatusLine {
  readonly #status = signal<ChatStatus>({ phase: 'idle', since: Date.now() });
  /** What to go back to when a lost connection is back. */
  #heard: Omit<ChatStatus, 'since'> = { phase: 'waiting' };
  #stall: ReturnType<typeof setTimeout> | undefined;

  readonly status = this.#status.asReadonly();

  constructor(
    /** Milliseconds without an event until the phase is `stalled`. */
    private readonly patience: number,
  ) {}

  /** A request is on its way. */
  connecting(): void {
    this.#heard = { phase: 'waiting' };
    this.#set({ phase: 'connecting' });
  }

  /** A run that is live already is being looked up. */
  waiting(): void {
    this.#heard = { phase: 'waiting' };
    this.#set(this.#heard);
  }

  event(event: RunEvent): void {
    switch (event.type) {
      case 'start':
        this.#heard = { phase: 'waiting', model: `${event.provider}/${event.model}` };
        break;
      case 'status':
        this.#heard = heardOf(event, this.#heard.model);
        break;
      case 'content':
      case 'reasoning':
        if (this.#heard.phase !== 'streaming') this.#heard = { phase: 'streaming', model: this.#heard.model };
        break;
      case 'done':
      case 'error':
        return this.idle();
    }
    this.#set(this.#heard);
  }

  /** The connection is gone; `waitMs` until the next one, where that is known. */
  lost(waitMs?: number): void {
    this.#set({
      phase: 'reconnecting',
      ...(waitMs === undefined ? {} : { waitMs }),
      detail: 'The connection was lost. The answer goes on; reconnecting…',
    });
  }

  dialing(): void {
    if (this.#status().phase === 'reconnecting') this.lost();
  }

  /** Nobody listens: silence means nothing. */
  parked(): void {
    clearTimeout(this.#stall);
  }

  connected(): void {
    if (this.#status().phase === 'reconnecting') this.#set(this.#heard);
  }

  idle(): void {
    clearTimeout(this.#stall);
    if (this.#status().phase !== 'idle') this.#status.set({ phase: 'idle', since: Date.now() });
  }

  #set(next: Omit<ChatStatus, 'since'>): void {
    clearTimeout(this.#stall);
    if (HEARD.includes(next.phase)) this.#stall = setTimeout(() => this.#stalled(), this.patience + (next.waitMs ?? 0));
    // Text in the same phase is no news: thousands of chunks make one status.
    const same = next.phase === 'streaming' && this.#status().phase === 'streaming';
    if (!same) this.#status.set({ ...next, since: Date.now() });
  }

  #stalled(): void {
    const { model } = this.#heard;
    this.#status.set({
      phase: 'stalled',
      since: Date.now(),
      detail: 'The model has sent nothing for a while. Wait, or stop it and try again.',
      model,
    });
  }
}

function heardOf({ status, reason, wait_ms, model }: StatusEvent, before: string | undefined): Omit<ChatStatus, 'since'> {
  const detail = reasonSentence(reason);
  switch (status) {
    case 'queued':
      return { phase: 'queued', detail: 'The server is busy. The answer starts as soon as it is its turn.', model: model ?? before };
    case 'retrying':
      return { phase: 'retrying', detail, waitMs: wait_ms, model: model ?? before };
    case 'fallback':
      return { phase: 'waiting', detail, model: model ?? before };
    default:
      return { phase: 'waiting', model: model ?? before };
  }
}
