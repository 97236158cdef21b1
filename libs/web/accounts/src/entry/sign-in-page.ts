import { Component, computed, inject, signal } from '@angular/core';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import { CurrentSession } from '@echo/web-chat-client';
import { Attempt, Outcome } from '@echo/web-forms';
import { EntryCard } from './entry-card';
import { returnTo } from './return-to';
import { SignInForm } from './sign-in-form';
import { singleSignOnWords } from './single-sign-on-words';

/** The door: by password, by single sign-on, or by both, as the server has it. */
@Component({
  selector: 'echo-sign-in-page',
  imports: [EntryCard, Outcome, RouterLink, SignInForm],
  providers: [Attempt],
  templateUrl: './sign-in-page.html',
  styleUrl: './entry-parts.css',
})
export class SignInPage {
  private readonly session = inject(CurrentSession);
  private readonly router = inject(Router);
  private readonly asked = inject(ActivatedRoute).snapshot.queryParamMap;
  private readonly there = returnTo(this.asked.get('return_to'));
  protected readonly problem = singleSignOnWords(this.asked.get('problem'));
  protected readonly attempt = inject(Attempt);

  protected readonly state = this.session.state;
  protected readonly isForgetful = signal(false);
  protected readonly singleSignOn = computed(() => {
    const way = this.state()?.single_sign_on;
    return way && { name: way.name, url: this.there === '/' ? way.url : `${way.url}?return_to=${encodeURIComponent(this.there)}` };
  });

  constructor() {
    void this.look();
  }

  protected async look(): Promise<void> {
    await this.attempt.run(() => this.session.ready());
  }

  protected async enter(): Promise<void> {
    await this.router.navigateByUrl(this.there);
  }
}
