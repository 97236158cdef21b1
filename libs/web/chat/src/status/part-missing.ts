import { Component, DOCUMENT, inject } from '@angular/core';
import { Icon } from '../icon/icon';

/** Says that code of the page did not arrive, which a reload brings. */
@Component({
  selector: 'echo-part-missing',
  imports: [Icon],
  templateUrl: './part-missing.html',
  styleUrl: './part-missing.css',
  host: { role: 'alert' },
})
export class PartMissing {
  private readonly document = inject(DOCUMENT);

  protected reload(): void {
    this.document.location.reload();
  }
}
