import { Component, type ElementRef, afterNextRender, computed, inject, viewChild } from '@angular/core';
import { Router } from '@angular/router';
import { CurrentSession } from '@echo/web-chat-client';
import { SignInForm } from './sign-in-form';

/** Over the page whose session has ended: what was begun waits behind it and goes on. */
@Component({
  selector: 'echo-sign-in-again',
  imports: [SignInForm],
  templateUrl: './sign-in-again.html',
  styleUrl: './entry-parts.css',
})
export class SignInAgain {
  private readonly session = inject(CurrentSession);
  private readonly router = inject(Router);
  private readonly form = viewChild(SignInForm);
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');

  protected readonly user = this.session.user;
  protected readonly isPasswordAWay = computed(() => this.session.state()?.password_sign_in ?? true);
  protected readonly singleSignOn = computed(() => {
    const way = this.session.state()?.single_sign_on;
    return way && { name: way.name, url: `${way.url}?return_to=${encodeURIComponent(this.router.url)}` };
  });

  constructor() {
    afterNextRender({ write: () => this.show() });
  }

  protected show(): void {
    this.dialog().nativeElement.showModal();
    // The dialog itself would choose what comes first.
    this.form()?.focusPassword();
  }

  /** Escape closes nothing, and where the browser insists, it is opened again: behind it, everything waits for somebody to sign in. */
  protected stay(event: Event): void {
    event.preventDefault();
  }

  protected leave(): void {
    this.session.leave();
  }
}
