import { Component, DOCUMENT, inject } from '@angular/core';
import { PageAlert } from '@echo/web-forms/page-alert';
import { Icon } from '../icon/icon';

/** Says that code of the page did not arrive, which a reload brings. */
@Component({
  selector: 'echo-part-missing',
  imports: [Icon],
  templateUrl: './part-missing.html',
  styleUrl: './part-missing.css',
})
export class PartMissing {
  private readonly document = inject(DOCUMENT);

  protected readonly words = 'A part of this page could not be loaded.';

  constructor() {
    inject(PageAlert).say(() => this.words);
  }

  protected reload(): void {
    this.document.location.reload();
  }
}
