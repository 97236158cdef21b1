import { Component, inject, input, output } from '@angular/core';
import { type ChatError } from '@echo/web-chat-client';
import { PageAlert } from '@echo/web-forms/page-alert';
import { Icon } from '../icon/icon';

/** The one place of the page that speaks of errors at once: of its own, which it shows, and of those that other parts show. Empty most of the time, but always there: screen readers only hear regions they knew before. */
@Component({ selector: 'echo-error-bar', imports: [Icon], templateUrl: './error-bar.html', styleUrl: './error-bar.css' })
export class ErrorBar {
  protected readonly alert = inject(PageAlert);

  readonly error = input<ChatError>();
  /** Whether the message that failed says it to the eye already, with its own way on. */
  readonly isToldInPlace = input(false);
  /** Whether nothing can be sent yet. */
  readonly isHeld = input(false);

  readonly retried = output();
  readonly reloaded = output();
  readonly dismissed = output();

  constructor() {
    this.alert.lend();
  }
}
