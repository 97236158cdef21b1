import { DestroyRef, Injectable, inject, signal } from '@angular/core';

/** Milliseconds between two ticks: often enough that the seconds never jump by two. */
const TICK = 500;

/** The time as a signal, which ticks only while somebody needs it. */
@Injectable()
export class Clock {
  private readonly time = signal(Date.now());
  private timer: ReturnType<typeof setInterval> | undefined;

  /** Milliseconds since 1970. */
  readonly now = this.time.asReadonly();

  constructor() {
    inject(DestroyRef).onDestroy(() => this.run(false));
  }

  run(isRunning: boolean): void {
    if (isRunning === (this.timer !== undefined)) return;
    clearInterval(this.timer);
    this.time.set(Date.now());
    this.timer = isRunning ? setInterval(() => this.time.set(Date.now()), TICK) : undefined;
  }
}
