import { Component, inject, signal } from '@angular/core';
import { type Model } from '@echo/contract';
import { ApiProblem, ChatSession, ModelsApi } from '../index';

/**
 * A whole chat in one component of another application: `README.md` shows it, a spec runs it. Streamed or whole, by the model that is chosen, with its state in words.
 * Where streaming gets no answer the session asks again without it, under the same key. When the component goes, its connections and timers go; an answer that is under
 * way is made to its end by the server.
 */
@Component({ selector: 'echo-example-chat', providers: [ChatSession], templateUrl: './example-chat.html' })
export class ExampleChat {
  protected readonly session = inject(ChatSession);
  protected readonly models = signal<readonly Model[]>([]);
  protected readonly model = signal<Model | undefined>(undefined);
  protected readonly isStreamed = signal(true);

  constructor() {
    const failed = () => this.models.set([]);
    inject(ModelsApi)
      .models()
      .then(({ models }) => this.models.set(models), failed);
  }

  protected async send(box: HTMLInputElement): Promise<void> {
    const { id, provider } = this.model() ?? {};
    const text = box.value;
    box.value = '';
    const { session } = this;
    await this.attempt(this.isStreamed() ? session.sendStreamingMessage(text, id, provider) : session.sendMessage(text, id, provider));
  }

  protected async retry(): Promise<void> {
    await this.attempt(this.session.retry());
  }

  protected async stop(): Promise<void> {
    await this.attempt(this.session.stop());
  }

  protected choose(event: Event): void {
    this.model.set(this.models()[Number((event.target as HTMLSelectElement).value)]);
  }

  private async attempt(work: Promise<unknown>): Promise<void> {
    try {
      await work;
    } catch (error) {
      // A refusal is in `session.error()` already, and the text in `session.messages()` as unsent.
      if (!(error instanceof ApiProblem)) throw error;
    }
  }
}
