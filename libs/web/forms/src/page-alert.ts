import { DestroyRef, Injectable, computed, inject, linkedSignal, signal } from '@angular/core';

type Words = () => string | undefined;

/** What a part has to say now. */
interface Said {
  readonly by: Words;
  readonly words: string;
}

/**
 * What the page says at once, by one voice: alerts that speak over each other are not understood. The part of the page that has the region tells so; others say their
 * words through it. An entry of its own: the first load of the page needs it, and nothing else of the forms.
 */
@Injectable({ providedIn: 'root' })
export class PageAlert {
  private readonly regions = signal(0);
  private readonly speakers = signal<readonly Words[]>([]);

  /** What all parts have to say, the newest last. */
  private readonly said = linkedSignal<readonly Said[], readonly Said[]>({
    source: () => this.speakers().map((by) => ({ by, words: by() ?? '' })),
    computation: (all, before) => {
      const now = all.filter(({ words }) => words !== '');
      const isSaid = (one: Said) => (each: Said) => each.by === one.by && each.words === one.words;
      const old = (before?.value ?? []).filter((each) => now.some(isSaid(each)));
      return [...old, ...now.filter((each) => !old.some(isSaid(each)))];
    },
  });

  /** Whether some part of the page has the region. */
  readonly isHeard = computed(() => this.regions() > 0);
  /** What is to be said now: of several parts, by the one that has something new to say. Empty most of the time. */
  readonly words = computed(() => this.said().at(-1)?.words);

  /** The component that is being made shows `words` in a region with the role, as long as it lives. */
  lend(): void {
    this.regions.update((count) => count + 1);
    inject(DestroyRef).onDestroy(() => this.regions.update((count) => count - 1));
  }

  /** The component that is being made says `words` as long as it lives, whenever they are not empty. */
  say(words: Words): void {
    this.speakers.update((speakers) => [...speakers, words]);
    inject(DestroyRef).onDestroy(() => this.speakers.update((speakers) => speakers.filter((each) => each !== words)));
  }
}
