import { Component, inject } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { SignInAgain } from '@echo/web-accounts';
import { CurrentSession, SessionGate } from '@echo/web-chat-client';
import { PageAlert } from '@echo/web-forms/page-alert';
import { PageFailed } from './page-failed';
import { PageFaults } from './page-faults';

/** The page of the address, and over it the way back in when the session has ended. */
@Component({ selector: 'echo-root', imports: [PageFailed, RouterOutlet, SignInAgain], templateUrl: './app.html' })
export class App {
  protected readonly session = inject(CurrentSession);
  protected readonly gate = inject(SessionGate);
  protected readonly faults = inject(PageFaults);
  protected readonly alert = inject(PageAlert);

  constructor() {
    this.gate.guard();
    this.alert.say(() => this.faults.latest()?.words);
  }
}
