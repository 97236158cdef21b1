import { Component, computed, effect, inject, input, model, output, untracked } from '@angular/core';
import { type ChatMessage, type ChatStatus } from '@echo/web-chat-client';
import { Clock } from './clock';
import { Network } from './network';
import { endWords, isHindrance, progressWords, startWords, statusWords } from './status-words';

/** Milliseconds between two spoken reports of progress. */
const REPORT_EVERY = 10_000;

/** What is going on: a line to be seen, and what is to be spoken: at the start, when it comes to a stand, every ten seconds and at the end. */
@Component({ selector: 'echo-status-line', providers: [Clock], templateUrl: './status-line.html', styleUrl: './status-line.css' })
export class StatusLine {
  private readonly clock = inject(Clock);
  private readonly network = inject(Network);
  private reportedAt = 0;
  private answerKey: string | undefined;
  /** What was spoken of a hindrance that lasts. */
  private told = '';

  readonly status = input.required<ChatStatus>();
  readonly messages = input.required<readonly ChatMessage[]>();
  readonly streamingMessage = input<ChatMessage>();

  /** For a polite region of the page: one that came with the words would not be heard. */
  readonly spoken = model('');
  readonly givenUp = output();

  protected readonly line = computed(() => statusWords(this.status(), this.streamingMessage(), this.clock.now(), this.network.isThere()));
  protected readonly isStalled = computed(() => this.status().phase === 'stalled');

  private readonly liveKey = computed(() => this.streamingMessage()?.key);
  private readonly start = computed(() => {
    const live = this.streamingMessage();
    return live === undefined ? '' : startWords(live, this.clock.now() - this.status().since);
  });

  /** What holds things up: equal while it is the same. */
  private readonly hindrance = computed(() => {
    const { phase, model } = this.status();
    if (!this.network.isThere()) return this.line();
    return isHindrance(this.status()) ? `${phase} ${model}` : '';
  });

  constructor() {
    effect(() => this.clock.run(this.status().phase !== 'idle'));
    effect(() => {
      const key = this.liveKey();
      untracked(() => this.turn(key));
    });
    effect(() => {
      if (this.start() !== '') this.spoken.set(this.start());
    });
    // After what an answer says at its start and at its end: of words that come at once the last ones are heard.
    effect(() => {
      const isHindered = this.hindrance() !== '';
      untracked(() => this.tell(isHindered));
    });
    effect(() => {
      const now = this.clock.now();
      untracked(() => this.report(now));
    });
  }

  /** An answer began or ended. */
  private turn(key: string | undefined): void {
    if (key !== undefined) {
      this.reportedAt = this.clock.now();
    } else if (this.answerKey !== undefined) {
      const ended = this.answerKey;
      this.spoken.set(endWords(this.messages().find((message) => message.key === ended)));
    }
    this.answerKey = key;
  }

  /** Something else holds things up, or nothing any more. */
  private tell(isHindered: boolean): void {
    if (isHindered) this.spoken.set(this.line());
    else if (this.spoken() === this.told) this.spoken.set('');
    this.told = isHindered ? this.spoken() : '';
  }

  private report(now: number): void {
    const live = this.streamingMessage();
    if (live === undefined || now - this.reportedAt < REPORT_EVERY) return;
    this.reportedAt = now;
    if (this.hindrance() !== '') this.tell(true);
    else this.spoken.set(progressWords(live));
  }
}
