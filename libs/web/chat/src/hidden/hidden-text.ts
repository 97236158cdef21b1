import { Component, computed, input, signal } from '@angular/core';
import { type TextFindings } from '@echo/contract';
import { Icon } from '../icon/icon';
import { HiddenPlaces } from './hidden-places';
import { countWords } from './hidden-words';

/** Says below a message what is hidden in it, and shows it on request. */
@Component({
  selector: 'echo-hidden-text',
  imports: [HiddenPlaces, Icon],
  templateUrl: './hidden-text.html',
  styleUrl: './hidden-text.css',
})
export class HiddenText {
  readonly text = input.required<string>();
  readonly findings = input.required<TextFindings>();

  protected readonly isShown = signal(false);
  protected readonly words = computed(() => countWords(this.findings()));
}
