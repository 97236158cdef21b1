import { Component, computed, input, output } from '@angular/core';
import { type ProviderList } from '@echo/contract';
import { ConnectHelp } from '../models/connect-help';

interface Suggestion {
  readonly label: string;
  readonly prompt: string;
}

const GUIDE_SUGGESTIONS: readonly Suggestion[] = [
  { label: 'Set up a model, step by step', prompt: '/setup' },
  { label: 'See how text is shown', prompt: '/demo markdown' },
  { label: 'See code being written', prompt: '/demo code' },
  { label: 'See a table', prompt: '/demo table' },
];

const MODEL_SUGGESTIONS: readonly Suggestion[] = [
  { label: 'Explain something', prompt: 'Explain to me, in plain words and with one example, ' },
  { label: 'Improve a text', prompt: 'Make this text clearer and shorter, and keep its meaning:\n\n' },
  { label: 'Review code', prompt: 'Review this code. Name the bugs first, then what could be simpler:\n\n```\n\n```' },
  { label: 'Weigh a decision', prompt: 'Compare the options for and against, as a table, for ' },
];

/** What a new chat shows before its first message. */
@Component({ selector: 'echo-welcome', imports: [ConnectHelp], templateUrl: './welcome.html', styleUrl: './welcome.css' })
export class Welcome {
  readonly providers = input<ProviderList>();
  readonly isGuideOnly = input(false);

  /** A suggestion that can be sent as it is. */
  readonly asked = output<string>();
  /** The start of a prompt, for the person to finish. */
  readonly begun = output<string>();

  protected readonly suggestions = computed(() => (this.isGuideOnly() ? GUIDE_SUGGESTIONS : MODEL_SUGGESTIONS));

  protected suggest(prompt: string): void {
    if (this.isGuideOnly()) this.asked.emit(prompt);
    else this.begun.emit(prompt);
  }
}
