import { Component, DOCUMENT, inject, input, output } from '@angular/core';
import { PageAlert } from '@echo/web-forms/page-alert';
import { type PageFault } from './page-faults';

/** Says, over whatever is left of the page, that it failed, and how to go on. An alert where the page has none of its own. */
@Component({
  selector: 'echo-page-failed',
  templateUrl: './page-failed.html',
  styleUrl: './page-failed.css',
  host: {
    class: 'page-failed',
    'aria-label': 'Fault of the page',
    '[attr.role]': "alert.isHeard() ? 'region' : 'alert'",
    '(focusin)': 'enter($event)',
  },
})
export class PageFailed {
  private readonly document = inject(DOCUMENT);
  protected readonly alert = inject(PageAlert);
  /** What had the focus before the person came here. */
  private before: HTMLElement | null = null;

  readonly fault = input.required<PageFault>();

  readonly dismissed = output();

  protected enter({ relatedTarget }: FocusEvent): void {
    this.before ??= relatedTarget as HTMLElement | null;
  }

  protected dismiss(): void {
    this.before?.focus();
    this.dismissed.emit();
  }

  protected reload(): void {
    this.document.location.reload();
  }
}
