import { Component, inject, input } from '@angular/core';
import { SITE_BASE } from '@echo/web-chat-client';

/** The frame of the pages for who is not signed in: the sign of the house, a heading, and what is to be done. */
@Component({ selector: 'echo-entry-card', templateUrl: './entry-card.html', styleUrl: './entry-card.css' })
export class EntryCard {
  protected readonly base = inject(SITE_BASE);
  readonly heading = input.required<string>();
}
