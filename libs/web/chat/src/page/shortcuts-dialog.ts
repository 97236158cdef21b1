import { Component, DOCUMENT, type ElementRef, afterNextRender, inject, output, viewChild } from '@angular/core';
import { SHORTCUTS } from './shortcuts';
import { SingleKeys } from './single-keys';

/** The list of keyboard shortcuts, shown as soon as it exists. */
@Component({ selector: 'echo-shortcuts-dialog', templateUrl: './shortcuts-dialog.html', styleUrl: './shortcuts-dialog.css' })
export class ShortcutsDialog {
  private readonly closeButton = viewChild.required<ElementRef<HTMLButtonElement>>('closeButton');
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');

  readonly closed = output();

  protected readonly singleKeys = inject(SingleKeys);
  protected readonly shortcuts = SHORTCUTS;
  protected readonly mod = /Mac|iPhone|iPad/.test(inject(DOCUMENT).defaultView?.navigator.userAgent ?? '') ? '⌘' : 'Ctrl';

  constructor() {
    afterNextRender(() => {
      this.dialog().nativeElement.showModal();
      // Not the switch: what is pressed next may be meant for the page.
      this.closeButton().nativeElement.focus();
    });
  }

  protected wantSingleKeys(event: Event): void {
    this.singleKeys.want((event.target as HTMLInputElement).checked);
  }

  protected close(): void {
    this.dialog().nativeElement.close();
  }
}
