import { Component, type ElementRef, afterNextRender, computed, input, linkedSignal, output, viewChild } from '@angular/core';
import { LIMITS, findTextFault } from '@echo/contract';
import { faultWords } from '../composer/fault-words';

/** Changes the text of a message that was sent. Saving it makes another version; the first one stays. */
@Component({ selector: 'echo-message-editor', templateUrl: './message-editor.html', styleUrl: './message-editor.css' })
export class MessageEditor {
  private readonly box = viewChild.required<ElementRef<HTMLTextAreaElement>>('box');

  readonly text = input.required<string>();
  readonly maxChars = input<number>(LIMITS.promptChars);

  readonly saved = output<string>();
  readonly cancelled = output();

  protected readonly draft = linkedSignal(() => this.text());
  protected readonly problem = computed(() => {
    const fault = findTextFault(this.draft(), this.maxChars());
    return fault === undefined ? undefined : faultWords(fault, this.draft());
  });

  constructor() {
    afterNextRender(() => {
      const box = this.box().nativeElement;
      box.focus();
      box.setSelectionRange(box.value.length, box.value.length);
    });
  }

  protected write(event: Event): void {
    this.draft.set((event.target as HTMLTextAreaElement).value);
  }

  protected press(event: KeyboardEvent): void {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      this.save();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      this.cancelled.emit();
    }
  }

  protected save(): void {
    if (this.problem() === undefined) this.saved.emit(this.draft());
  }
}
