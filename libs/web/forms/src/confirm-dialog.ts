import { Component, type ElementRef, signal, viewChild } from '@angular/core';

export interface Question {
  readonly title: string;
  readonly text: string;
  /** What the button says that agrees. */
  readonly action: string;
}

let count = 0;

/** Asks before something is done that cannot be undone. The focus returns to where it was. */
@Component({ selector: 'echo-confirm-dialog', templateUrl: './confirm-dialog.html', styleUrl: './confirm-dialog.css' })
export class ConfirmDialog {
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  private answer: (isAgreed: boolean) => void = () => undefined;

  protected readonly id = `confirm-${++count}`;
  protected readonly question = signal<Question>({ title: '', text: '', action: '' });

  /** Resolves with whether the person agreed; Escape and Cancel are a no. */
  ask(question: Question): Promise<boolean> {
    this.question.set(question);
    const dialog = this.dialog().nativeElement;
    dialog.returnValue = '';
    dialog.showModal();
    return new Promise((resolve) => (this.answer = resolve));
  }

  protected close(agreed: string): void {
    this.dialog().nativeElement.close(agreed);
  }

  protected finish(event: Event): void {
    event.stopPropagation();
    this.answer(this.dialog().nativeElement.returnValue === 'agreed');
  }
}
