import { DestroyRef, inject, signal } from '@angular/core';
import { type IconName } from '../icon/icons';

/** Milliseconds for which a button tells what came of it. */
const FEEDBACK_MS = 2_000;

/** What came of a press on a button that copies, one of some `Kind`s. The button says it itself for a while: it has the focus, and a page has one voice only. */
export class CopyOutcome<Kind extends string> {
  private readonly outcome = signal<{ readonly kind: Kind; readonly isCopied: boolean } | undefined>(undefined);
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** To be made where a component is. */
  constructor() {
    inject(DestroyRef).onDestroy(() => clearTimeout(this.timer));
  }

  nameOf(kind: Kind, usual: string): string {
    const outcome = this.outcome();
    if (outcome?.kind !== kind) return usual;
    return outcome.isCopied ? 'Copied' : 'The browser did not allow the copy';
  }

  iconOf(kind: Kind, usual: IconName): IconName {
    const outcome = this.outcome();
    if (outcome?.kind !== kind) return usual;
    return outcome.isCopied ? 'check' : 'warning';
  }

  tell(kind: Kind, isCopied: boolean): void {
    this.outcome.set({ kind, isCopied });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.outcome.set(undefined), FEEDBACK_MS);
  }
}
