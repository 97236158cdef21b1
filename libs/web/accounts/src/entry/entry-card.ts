import { Component, input } from '@angular/core';

/** The frame of the pages for who is not signed in: the sign of the house, a heading, and what is to be done. */
@Component({ selector: 'echo-entry-card', templateUrl: './entry-card.html', styleUrl: './entry-card.css' })
export class EntryCard {
  readonly heading = input.required<string>();
}
