import { Component, type ElementRef, afterNextRender, input, output, viewChild } from '@angular/core';
import { type ProviderList } from '@echo/contract';
import { ConnectHelp } from './connect-help';

/** How to connect a model, from anywhere; shown as soon as it exists. */
@Component({
  selector: 'echo-connect-dialog',
  imports: [ConnectHelp],
  templateUrl: './connect-dialog.html',
  styleUrl: './connect-dialog.css',
})
export class ConnectDialog {
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');

  readonly providers = input.required<ProviderList>();
  readonly closed = output();

  constructor() {
    afterNextRender(() => this.dialog().nativeElement.showModal());
  }

  protected close(): void {
    this.dialog().nativeElement.close();
  }
}
