import { Component, DestroyRef, computed, effect, inject, input, model, signal, untracked } from '@angular/core';
import { ApiProblem, type ChatError, CurrentSession, MessageAllowance } from '@echo/web-chat-client';
import { Clock } from '../status/clock';
import { allowanceWords, refusalWords, waitAfter } from './allowance-words';

/** What the person may still send in this minute. Counts down where that is nothing, and lets them send again when the time has come. */
@Component({ selector: 'echo-allowance-line', providers: [Clock], templateUrl: './allowance-line.html' })
export class AllowanceLine {
  private readonly clock = inject(Clock);
  private readonly allowance = inject(MessageAllowance);

  readonly error = input<ChatError>();

  /** Whether nothing can be sent yet. */
  readonly isHeld = model(false);
  /** What stands beside a refused message, where a limit refused it. */
  readonly refusal = model<string>();
  /** For a polite region of the page: that something can be sent again. */
  readonly spoken = model('');

  private readonly standing = this.allowance.standing;
  /** Outlives the error: taking the message back makes the time no shorter. */
  private readonly refusedUntil = signal(0);
  private readonly heldUntil = computed(() => {
    const standing = this.standing();
    return Math.max(this.refusedUntil(), standing?.remaining === 0 ? standing.until : 0);
  });
  private readonly newsUntil = computed(() => Math.max(this.heldUntil(), this.standing()?.until ?? 0));
  private readonly seconds = computed(() => Math.max(0, Math.ceil((this.heldUntil() - this.clock.now()) / 1000)));
  protected readonly line = computed(() => allowanceWords(this.standing(), this.seconds(), this.clock.now()));

  constructor() {
    if (inject(CurrentSession).hasAccounts()) void this.ask(inject(DestroyRef));
    effect(() => {
      const wait = waitAfter(this.error());
      if (wait !== undefined) this.refusedUntil.set(Date.now() + wait);
    });
    effect(() => this.clock.run(this.clock.now() < this.newsUntil()));
    effect(() => this.refusal.set(refusalWords(this.error(), this.seconds())));
    effect(() => {
      const isHeld = this.seconds() > 0;
      untracked(() => this.hold(isHeld));
    });
  }

  private async ask(destroyRef: DestroyRef): Promise<void> {
    const abort = new AbortController();
    destroyRef.onDestroy(() => abort.abort());
    try {
      await this.allowance.ask(abort.signal);
    } catch (error) {
      // It is told with the next answer in any case.
      if (!(error instanceof ApiProblem) && !abort.signal.aborted) throw error;
    }
  }

  private hold(isHeld: boolean): void {
    if (this.isHeld() && !isHeld) this.spoken.set('The next message can be sent now.');
    this.isHeld.set(isHeld);
  }
}
