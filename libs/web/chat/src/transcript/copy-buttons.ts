import { Component, DestroyRef, inject, input, signal } from '@angular/core';
import { copyShown, copyText } from '@echo/web-chat-client';
import { asShown } from '@echo/web-markdown';
import { Icon } from '../icon/icon';
import { type IconName } from '../icon/icons';

/** Milliseconds for which a button tells what came of it. */
const FEEDBACK_MS = 2_000;

type Kind = 'shown' | 'markdown';

/** Copies an answer: as it is shown, for programs with formatted text, or as the Markdown that it was written in. */
@Component({ selector: 'echo-copy-buttons', imports: [Icon], templateUrl: './copy-buttons.html', styleUrl: './copy-buttons.css' })
export class CopyButtons {
  readonly markdown = input.required<string>();
  /** Where the answer is drawn. */
  readonly view = input.required<Element | undefined>();

  private readonly outcome = signal<{ readonly kind: Kind; readonly isCopied: boolean } | undefined>(undefined);
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => clearTimeout(this.timer));
  }

  protected async copyShown(): Promise<void> {
    const view = this.view();
    this.tell('shown', view !== undefined && (await copyShown(asShown(view))));
  }

  protected async copyMarkdown(): Promise<void> {
    this.tell('markdown', await copyText(this.markdown()));
  }

  /** The button says itself what came of it: it has the focus, and a page has one voice only. */
  protected nameOf(kind: Kind, usual: string): string {
    const outcome = this.outcome();
    if (outcome?.kind !== kind) return usual;
    return outcome.isCopied ? 'Copied' : 'The browser did not allow the copy';
  }

  protected iconOf(kind: Kind, usual: IconName): IconName {
    const outcome = this.outcome();
    if (outcome?.kind !== kind) return usual;
    return outcome.isCopied ? 'check' : 'warning';
  }

  private tell(kind: Kind, isCopied: boolean): void {
    this.outcome.set({ kind, isCopied });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.outcome.set(undefined), FEEDBACK_MS);
  }
}
