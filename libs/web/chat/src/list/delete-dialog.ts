import { Component, type ElementRef, signal, viewChild } from '@angular/core';

/** Asks before a conversation is deleted for good. */
@Component({ selector: 'echo-delete-dialog', templateUrl: './delete-dialog.html', styleUrl: './delete-dialog.css' })
export class DeleteDialog {
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  private answer: (isAgreed: boolean) => void = () => undefined;

  protected readonly title = signal('');

  /** Resolves with whether the person agreed; Escape and Cancel are a no. */
  ask(title: string): Promise<boolean> {
    this.title.set(title);
    const dialog = this.dialog().nativeElement;
    dialog.returnValue = '';
    dialog.showModal();
    return new Promise((resolve) => (this.answer = resolve));
  }

  protected close(agreed: string): void {
    this.dialog().nativeElement.close(agreed);
  }

  protected finish(): void {
    this.answer(this.dialog().nativeElement.returnValue === 'agreed');
  }
}
