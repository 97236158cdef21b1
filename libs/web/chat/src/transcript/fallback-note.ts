import { Component, computed, input } from '@angular/core';
import { type Fallback } from '@echo/contract';
import { Icon } from '../icon/icon';
import { reasonWords } from './reason-words';

/** Who answers in place of whom, and why. */
@Component({ selector: 'echo-fallback-note', imports: [Icon], templateUrl: './fallback-note.html', styleUrl: './fallback-note.css' })
export class FallbackNote {
  readonly fallback = input.required<Fallback>();
  readonly provider = input.required<string | null>();
  readonly model = input.required<string | null>();

  protected readonly name = computed(() => `${this.provider()}/${this.model()}`);
  protected readonly reason = computed(() => reasonWords(this.fallback().reason));
}
