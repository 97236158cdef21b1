import { Component, type ElementRef, afterNextRender, computed, input, model, output, viewChild } from '@angular/core';
import { LIMITS, findTextFault } from '@echo/contract';
import { faultWords } from '../composer/fault-words';
import { HiddenDraft } from '../hidden';

/** Changes the text of a message that was sent. Saving it makes another version; the first one stays. */
@Component({
  selector: 'echo-message-editor',
  imports: [HiddenDraft],
  templateUrl: './message-editor.html',
  styleUrl: './message-editor.css',
})
export class MessageEditor {
  private readonly box = viewChild.required<ElementRef<HTMLTextAreaElement>>('box');

  readonly text = model.required<string>();
  readonly maxChars = input<number>(LIMITS.promptChars);

  readonly saved = output<string>();
  /** The change is given up. */
  readonly cancelled = output();
  /** The editor is to close; what was changed is kept. */
  readonly left = output();

  protected readonly problem = computed(() => {
    const fault = findTextFault(this.text(), this.maxChars());
    return fault === undefined ? undefined : faultWords(fault, this.text());
  });

  constructor() {
    afterNextRender(() => {
      const box = this.box().nativeElement;
      box.focus();
      box.setSelectionRange(box.value.length, box.value.length);
    });
  }

  protected write(event: Event): void {
    this.text.set((event.target as HTMLTextAreaElement).value);
  }

  protected clean(text: string): void {
    this.text.set(text);
    this.focus();
  }

  protected focus(): void {
    this.box().nativeElement.focus();
  }

  protected press(event: KeyboardEvent): void {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      this.save();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      this.left.emit();
    }
  }

  protected save(): void {
    if (this.problem() === undefined) this.saved.emit(this.text());
  }
}
