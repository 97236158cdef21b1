import { Component, input } from '@angular/core';
import { copyShown, copyText } from '@echo/web-chat-client';
import { asShown } from '@echo/web-markdown';
import { Icon } from '../icon/icon';
import { CopyOutcome } from './copy-outcome';

/** Copies an answer: as it is shown, for programs with formatted text, or as the Markdown that it was written in. */
@Component({ selector: 'echo-copy-buttons', imports: [Icon], templateUrl: './copy-buttons.html', styleUrl: './copy-buttons.css' })
export class CopyButtons {
  readonly markdown = input.required<string>();
  /** Where the answer is drawn. */
  readonly view = input.required<Element | undefined>();

  protected readonly outcome = new CopyOutcome<'shown' | 'markdown'>();

  protected async copyShown(): Promise<void> {
    const view = this.view();
    this.outcome.tell('shown', view !== undefined && (await copyShown(asShown(view))));
  }

  protected async copyMarkdown(): Promise<void> {
    this.outcome.tell('markdown', await copyText(this.markdown()));
  }
}
