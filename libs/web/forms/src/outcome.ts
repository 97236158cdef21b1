import { Component, input } from '@angular/core';
import { type Attempt } from './attempt';

/** How an attempt went, for eyes and ears: what went wrong at once, what was done in a pause. */
@Component({ selector: 'echo-outcome', templateUrl: './outcome.html', styleUrl: './outcome.css' })
export class Outcome {
  readonly attempt = input.required<Attempt>();
}
