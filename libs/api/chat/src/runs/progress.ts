import { isText, type RunEvent } from '@echo/contract';
import { type EndedRun } from '../run-observer';
import { type LiveRun } from './live-run';
import { type RunWriter } from './run-writer';

/** What a run has said so far, and when. */
export class Progress {
  private readonly startedAt = performance.now();
  private firstTextAt: number | undefined;
  private lastTextAt = 0;
  private longestGapMs: number | undefined;
  private bytes = 0;
  /** Whether the answer has a beginning, its own or one that it goes on from. */
  hasContent: boolean;
  firstContentAt: Date | null = null;
  /** When the answer began, after what the model may have thought. */
  answerBeganAt: Date | null = null;

  constructor(
    private readonly run: LiveRun,
    private readonly writer: RunWriter,
  ) {
    this.hasContent = run.prefix !== '';
  }

  say(event: RunEvent): void {
    const isFirst = isText(event) && !this.hasText;
    if (isText(event)) {
      this.bytes += Buffer.byteLength(event.chunk);
      this.hasContent ||= event.type === 'content';
      this.firstContentAt ??= new Date();
      if (event.type === 'content') this.answerBeganAt ??= new Date();
      this.measure(performance.now());
    }
    this.run.say(event);
    this.writer.wake(isFirst);
  }

  /** Whether a model said anything. */
  get hasText(): boolean {
    return this.firstContentAt !== null;
  }

  /** A guess of the tokens that were said: four bytes are about one. */
  get tokens(): number {
    return Math.ceil(this.bytes / 4);
  }

  get times(): Pick<EndedRun, 'firstContentMs' | 'longestGapMs' | 'durationMs'> {
    const firstContentMs = this.firstTextAt === undefined ? undefined : this.firstTextAt - this.startedAt;
    return { firstContentMs, longestGapMs: this.longestGapMs, durationMs: performance.now() - this.startedAt };
  }

  private measure(now: number): void {
    if (this.firstTextAt === undefined) this.firstTextAt = now;
    else this.longestGapMs = Math.max(this.longestGapMs ?? 0, now - this.lastTextAt);
    this.lastTextAt = now;
  }
}
