import { Component, inject } from '@angular/core';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import { type SignUpRequest } from '@echo/contract';
import { CurrentSession } from '@echo/web-chat-client';
import { EntryCard } from './entry-card';
import { takeLinkToken } from './link-token';
import { PersonForm } from './person-form';
import { returnTo } from './return-to';

/** Makes the first administrator, with the link of the server's log; without it, tells where it is. */
@Component({
  selector: 'echo-setup-page',
  imports: [EntryCard, PersonForm, RouterLink],
  templateUrl: './setup-page.html',
  styleUrl: './entry-parts.css',
})
export class SetupPage {
  private readonly session = inject(CurrentSession);
  private readonly router = inject(Router);
  private readonly there = returnTo(inject(ActivatedRoute).snapshot.queryParamMap.get('return_to'));

  protected readonly token = takeLinkToken();
  protected readonly state = this.session.state;

  protected readonly setUp = (person: SignUpRequest): Promise<void> => this.session.setUp({ token: this.token ?? '', ...person });

  protected async enter(): Promise<void> {
    await this.router.navigateByUrl(this.there);
  }
}
