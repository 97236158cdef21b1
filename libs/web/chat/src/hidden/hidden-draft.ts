import { Component, computed, input, output, signal } from '@angular/core';
import { findHidden, summarize } from '@echo/contract/hidden-text';
import { Icon } from '../icon/icon';
import { HiddenPlaces } from './hidden-places';
import { countWords } from './hidden-words';

/** Says what is hidden in a text that nobody has typed just now, before it is sent: to be taken out, or to be sent as it is. */
@Component({
  selector: 'echo-hidden-draft',
  imports: [HiddenPlaces, Icon],
  templateUrl: './hidden-draft.html',
  styleUrl: './hidden-draft.css',
})
export class HiddenDraft {
  readonly text = input.required<string>();
  /** What the text is called. */
  readonly name = input('what you pasted');

  /** The text without what was hidden in it. */
  readonly cleaned = output<string>();
  /** It is to be sent as it is: nothing more is said of it here. */
  readonly accepted = output();

  protected readonly isShown = signal(false);
  /** The characters that the person has decided to send. */
  private readonly kept = signal<string | undefined>(undefined);
  private readonly found = computed(() => findHidden(this.text()));
  protected readonly findings = computed(() => (this.hidden() === this.kept() ? null : summarize(this.found())));
  protected readonly words = computed(() => {
    const findings = this.findings();
    return findings === null ? '' : countWords(findings);
  });
  /** All that is hidden, in one string. */
  private readonly hidden = computed(() =>
    this.found()
      .map(({ index, length }) => this.text().slice(index, index + length))
      .join(''),
  );

  protected keep(): void {
    this.kept.set(this.hidden());
    this.accepted.emit();
  }

  protected remove(): void {
    const text = this.text();
    let end = 0;
    const pieces = this.found().map(({ index, length }) => {
      const piece = text.slice(end, index);
      end = index + length;
      return piece;
    });
    this.cleaned.emit([...pieces, text.slice(end)].join(''));
  }
}
