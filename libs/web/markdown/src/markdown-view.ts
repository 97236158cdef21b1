import { Component, computed, ElementRef, inject, input, linkedSignal } from '@angular/core';
import { BlockView } from './block-view';
import { advance, type Reading } from './reading';

/** Markdown, also while it arrives: only its end is read again, and settled blocks are not touched. It can neither run nor load anything. */
@Component({
  selector: 'echo-markdown',
  imports: [BlockView],
  styleUrl: './markdown-view.css',
  host: { '(click)': 'follow($event)' },
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

  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly reading = linkedSignal<{ text: string; streaming: boolean }, Reading>({
    source: () => ({ text: this.text(), streaming: this.streaming() }),
    computation: ({ text, streaming }, previous) => advance(previous?.value, text, streaming),
  });

  /** From the mark of a footnote to the footnote, and back. */
  protected follow(event: Event): void {
    const { note, back } = (event.target as Element).closest<HTMLElement>('button')?.dataset ?? {};
    const target = note ? `.note[data-note="${note}"]` : back ? `button[data-note="${back}"]` : null;
    if (target) this.host.querySelector<HTMLElement>(target)?.focus();
  }
}
