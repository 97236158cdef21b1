import { Component, DestroyRef, inject, input, signal } from '@angular/core';
import { copyShown, copyText } from '@echo/web-chat-client';
import { asShown } from '@echo/web-markdown';
import { Icon } from '../icon/icon';

/** Milliseconds for which a button tells what came of it. */
const FEEDBACK_MS = 2_000;

type Kind = 'shown' | 'markdown';

/** Copies an answer: as it is shown, for programs with formatted text, or as the Markdown that it was written in. */
@Component({ selector: 'echo-copy-buttons', imports: [Icon], templateUrl: './copy-buttons.html', styleUrl: './copy-buttons.css' })
export class CopyButtons {
  readonly markdown = input.required<string>();
  /** Where the answer is drawn. */
  readonly view = input.required<Element | undefined>();

  protected readonly copied = signal<Kind | undefined>(undefined);
  /** What came of it, for those who do not see the sign. */
  protected readonly words = signal('');
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

  private tell(kind: Kind, isCopied: boolean): void {
    this.copied.set(isCopied ? kind : undefined);
    this.words.set(isCopied ? 'Copied' : 'The browser did not allow the copy');
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.copied.set(undefined);
      this.words.set('');
    }, FEEDBACK_MS);
  }
}
