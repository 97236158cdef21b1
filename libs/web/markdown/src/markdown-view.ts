import { Component, computed, input, linkedSignal } from '@angular/core';
import { BlockView } from './block-view';
import { advance, type Reading } from './reading';

/** Markdown, also while it arrives: only its end is read again, and settled blocks are not touched. It can neither run nor load anything. */
@Component({
  selector: 'echo-markdown',
  imports: [BlockView],
  styleUrl: './markdown-view.css',
  template: `
    @for (entry of entries(); track entry.id) {
      <echo-markdown-block [block]="entry.block" [settled]="entry.settled" />
    }
  `,
})
export class MarkdownView {
  readonly text = input.required<string>();
  /** More text may follow: a caret stands at the end. */
  readonly streaming = input(false);

  protected readonly entries = computed(() => this.reading().entries);

  private readonly reading = linkedSignal<{ text: string; streaming: boolean }, Reading>({
    source: () => ({ text: this.text(), streaming: this.streaming() }),
    computation: ({ text, streaming }, previous) => advance(previous?.value, text, streaming),
  });
}
