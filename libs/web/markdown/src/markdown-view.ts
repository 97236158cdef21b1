import { Component, DestroyRef, effect, ElementRef, inject, input, untracked, ViewEncapsulation } from '@angular/core';
import { MarkdownDrawing } from './markdown-drawing';

/**
 * Markdown, also while it arrives: only its end is read again, and settled blocks are not touched. It can neither run nor load anything. Its elements are made one by one
 * and not by a template: see docs/decisions/0009.
 */
@Component({
  selector: 'echo-markdown',
  styleUrls: ['./markdown-view.css', './code-block.css'],
  // The style sheets name the elements that are drawn here.
  encapsulation: ViewEncapsulation.None,
  host: { '(click)': 'press($event)' },
  template: '',
})
export class MarkdownView {
  readonly text = input.required<string>();
  /** More text may follow: a caret stands at the end. */
  readonly streaming = input(false);

  private readonly drawing = new MarkdownDrawing(inject<ElementRef<HTMLElement>>(ElementRef).nativeElement);

  constructor() {
    effect(() => {
      const [text, streaming] = [this.text(), this.streaming()];
      untracked(() => {
        this.drawing.show(text, streaming);
      });
    });
    inject(DestroyRef).onDestroy(() => {
      this.drawing.destroy();
    });
  }

  protected press(event: Event): void {
    const button = (event.target as Element).closest<HTMLElement>('button');
    if (button) this.drawing.press(button);
  }
}
