import { Component, DestroyRef, inject, input, signal } from '@angular/core';
import { type ProviderTest } from '@echo/contract';
import { type Attempt, type Fields } from '@echo/web-forms';

/** Asks a provider for one word, and says what came or what to do. What the server refuses to ask is told by the attempt. */
@Component({ selector: 'echo-connection-test', templateUrl: './connection-test.html', styleUrl: './connection-test.css' })
export class ConnectionTest {
  private request = new AbortController();

  readonly attempt = input.required<Attempt>();
  readonly ask = input.required<(signal: AbortSignal) => Promise<ProviderTest>>();
  readonly fields = input<Fields>({});
  /** What is tested, for those who do not see where the button stands. */
  readonly name = input('');

  protected readonly isAsking = signal(false);
  protected readonly result = signal<ProviderTest | undefined>(undefined);

  constructor() {
    inject(DestroyRef).onDestroy(() => this.request.abort());
  }

  protected async test(): Promise<void> {
    if (this.attempt().isBusy()) return;
    this.request = new AbortController();
    this.result.set(undefined);
    this.isAsking.set(true);
    try {
      await this.attempt().run(async () => this.result.set(await this.ask()(this.request.signal)), { fields: this.fields() });
    } finally {
      this.isAsking.set(false);
    }
  }

  protected giveUp(): void {
    this.request.abort();
  }
}
