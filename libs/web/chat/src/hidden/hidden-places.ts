import { Component, computed, input } from '@angular/core';
import { type TextFinding } from '@echo/contract';
import { placeOf } from './hidden-words';

/** What is hidden in a text, place by place, in signs that can be seen. */
@Component({ selector: 'echo-hidden-places', templateUrl: './hidden-places.html', styleUrl: './hidden-places.css' })
export class HiddenPlaces {
  readonly text = input.required<string>();
  readonly places = input.required<readonly TextFinding[]>();

  protected readonly shown = computed(() => this.places().map((place) => placeOf(this.text(), place)));
}
