import { Component, DOCUMENT, inject, input, output } from '@angular/core';
import { type PageFault } from './page-faults';

/** Says, over whatever is left of the page, that it failed, and how to go on. */
@Component({ selector: 'echo-page-failed', templateUrl: './page-failed.html', styleUrl: './page-failed.css', host: { role: 'alert' } })
export class PageFailed {
  private readonly document = inject(DOCUMENT);

  readonly fault = input.required<PageFault>();

  readonly dismissed = output();

  protected reload(): void {
    this.document.location.reload();
  }
}
