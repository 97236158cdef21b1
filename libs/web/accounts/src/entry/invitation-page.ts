import { Component, inject, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { type InvitationOffer, type SignUpRequest } from '@echo/contract';
import { CurrentSession } from '@echo/web-chat-client';
import { Attempt, Outcome, timeWords } from '@echo/web-forms';
import { AccountApi } from '../account-api';
import { EntryCard } from './entry-card';
import { takeLinkToken } from './link-token';
import { PersonForm } from './person-form';

/** Shows what an invitation is for, and takes it. */
@Component({
  selector: 'echo-invitation-page',
  imports: [EntryCard, Outcome, PersonForm, RouterLink],
  providers: [Attempt],
  templateUrl: './invitation-page.html',
  styleUrl: './entry-parts.css',
})
export class InvitationPage {
  private readonly api = inject(AccountApi);
  private readonly session = inject(CurrentSession);
  private readonly router = inject(Router);
  protected readonly attempt = inject(Attempt);

  protected readonly token = takeLinkToken() ?? '';
  protected readonly offer = signal<InvitationOffer | undefined>(undefined);
  protected readonly user = this.session.user;
  protected readonly timeWords = timeWords;

  constructor() {
    if (this.token !== '') void this.look();
  }

  protected readonly accept = (person: SignUpRequest): Promise<void> => this.session.acceptInvitation({ token: this.token, ...person });

  protected async look(): Promise<void> {
    await this.attempt.run(async () => this.offer.set(await this.api.invitation(this.token)));
  }

  protected async enter(): Promise<void> {
    await this.router.navigateByUrl('/');
  }
}
