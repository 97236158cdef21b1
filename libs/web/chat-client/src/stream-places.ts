import { DOCUMENT, inject, Injectable } from '@angular/core';
import { distinctUntilChanged, EMPTY, fromEvent, interval, Observable } from 'rxjs';
import { newIdempotencyKey } from './idempotency-key';
import { TabChannel } from './tab-channel';

/** Tabs of one browser that hold a stream open. Browsers have six connections per server on plain HTTP/1.1; the others are for everything else. */
export const STREAM_PLACES = 4;
/** Milliseconds between two reminders that this tab is there. */
const REMIND_MS = 5_000;
/** A tab that was not heard of for so many milliseconds is gone, without having said so. */
const GONE_MS = 15_000;

interface Rival {
  readonly used: number;
  readonly heardAt: number;
}

/** Shares the streams between the tabs of a browser: those that were used last hold theirs. Every tab works out its own place from what all of them tell. */
@Injectable({ providedIn: 'root' })
export class StreamPlaces {
  readonly #channel = inject(TabChannel);
  readonly #window = inject(DOCUMENT).defaultView;
  readonly #tab = newIdempotencyKey();

  /** Whether this tab may hold a stream open: at once, and at every change. While subscribed, it is in line; subscribing counts as using it. */
  readonly place: Observable<boolean> = new Observable<boolean>((subscriber) => {
    const rivals = new Map<string, Rival>();
    let used = Date.now();
    const remind = () => this.#channel.tell({ kind: 'follows', tab: this.#tab, used });
    const look = () => {
      const before = [...rivals].filter(([tab, rival]) => rival.used > used || (rival.used === used && tab > this.#tab));
      subscriber.next(before.length < STREAM_PLACES);
    };
    subscriber.add(
      this.#channel.heard.subscribe((news) => {
        if (news.kind === 'follows') {
          // A tab that is new does not know of this one.
          if (!rivals.has(news.tab)) remind();
          rivals.set(news.tab, { used: news.used, heardAt: Date.now() });
        } else if (news.kind === 'leaves') rivals.delete(news.tab);
        else return;
        look();
      }),
    );
    subscriber.add(
      interval(REMIND_MS).subscribe(() => {
        for (const [tab, { heardAt }] of rivals) if (Date.now() - heardAt > GONE_MS) rivals.delete(tab);
        remind();
        look();
      }),
    );
    subscriber.add(
      (this.#window ? fromEvent(this.#window, 'focus') : EMPTY).subscribe(() => {
        used = Date.now();
        remind();
        look();
      }),
    );
    const leave = () => this.#channel.tell({ kind: 'leaves', tab: this.#tab });
    if (this.#window) subscriber.add(fromEvent(this.#window, 'pagehide').subscribe(leave));
    subscriber.add(leave);
    remind();
    look();
  }).pipe(distinctUntilChanged());
}
