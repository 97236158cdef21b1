import { Component, DOCUMENT, type ElementRef, computed, inject, output, signal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { ApiProblem, CurrentSession } from '@echo/web-chat-client';
import { PageAlert } from '@echo/web-forms/page-alert';
import { Icon } from '../icon/icon';

/** Pixels between the button and its menu. */
const GAP = 4;

/** Who is signed in, with the ways to the settings and out. Where there are no accounts, the way to the settings alone. */
@Component({ selector: 'echo-user-menu', imports: [Icon, RouterLink], templateUrl: './user-menu.html', styleUrl: './user-menu.css' })
export class UserMenu {
  private readonly window = inject(DOCUMENT).defaultView as Window;
  private readonly box = viewChild<ElementRef<HTMLElement>>('box');
  protected readonly session = inject(CurrentSession);

  /** A page of the settings opens. */
  readonly opened = output();

  protected readonly initial = computed(() => Array.from(this.session.user()?.name.trim() ?? '')[0]?.toUpperCase() ?? '?');
  protected readonly problem = signal('');

  constructor() {
    inject(PageAlert).say(this.problem);
  }

  /** Above the button that opens it. */
  protected place(button: HTMLElement): void {
    const box = this.box()?.nativeElement;
    const { top, left, width } = button.getBoundingClientRect();
    this.problem.set('');
    box?.style.setProperty('inset-block-end', `${this.window.innerHeight - top + GAP}px`);
    box?.style.setProperty('inset-inline-start', `${left}px`);
    box?.style.setProperty('inline-size', `${width}px`);
  }

  protected leave(): void {
    this.box()?.nativeElement.hidePopover();
    this.opened.emit();
  }

  protected async signOut(): Promise<void> {
    try {
      await this.session.signOut();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.problem.set(`You are still signed in. ${error.message}`);
    }
  }
}
