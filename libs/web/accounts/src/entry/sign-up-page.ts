import { Component, inject } from '@angular/core';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import { type SignUpRequest } from '@echo/contract';
import { CurrentSession } from '@echo/web-chat-client';
import { EntryCard } from './entry-card';
import { PersonForm } from './person-form';
import { returnTo } from './return-to';

/** Makes an account of one's own, where the server lets anybody do so. */
@Component({
  selector: 'echo-sign-up-page',
  imports: [EntryCard, PersonForm, RouterLink],
  templateUrl: './sign-up-page.html',
  styleUrl: './entry-parts.css',
})
export class SignUpPage {
  private readonly session = inject(CurrentSession);
  private readonly router = inject(Router);
  private readonly there = returnTo(inject(ActivatedRoute).snapshot.queryParamMap.get('return_to'));

  protected readonly state = this.session.state;

  protected readonly signUp = (person: SignUpRequest): Promise<void> => this.session.signUp(person);

  protected async enter(): Promise<void> {
    await this.router.navigateByUrl(this.there);
  }
}
