import {
  Component,
  DestroyRef,
  DOCUMENT,
  effect,
  ElementRef,
  inject,
  input,
  PendingTasks,
  untracked,
  ViewEncapsulation,
} from '@angular/core';
import { CodeBlocks } from './code-blocks';
import { Drawing } from './drawing';
import { MarkdownDrawing } from './markdown-drawing';
import { Typesetter } from './typesetter';

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

  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly document = inject(DOCUMENT);
  private readonly drawing = new Drawing(this.document, inject(Typesetter));
  private readonly code = new CodeBlocks(this.document, this.drawing, inject(PendingTasks));
  private readonly drawn = new MarkdownDrawing(this.host, this.document, this.drawing, this.code);

  constructor() {
    effect(() => {
      const [text, streaming] = [this.text(), this.streaming()];
      untracked(() => {
        this.drawn.show(text, streaming);
      });
    });
    inject(DestroyRef).onDestroy(() => this.code.destroy());
  }

  protected press(event: Event): void {
    const button = (event.target as Element).closest<HTMLElement>('button');
    const { note, back } = button?.dataset ?? {};
    const target = note ? `.note[data-note="${note}"]` : back ? `button[data-note="${back}"]` : null;
    // From the mark of a footnote to the footnote, and back.
    if (target) this.host.querySelector<HTMLElement>(target)?.focus();
    else if (button) this.code.press(button);
  }
}
