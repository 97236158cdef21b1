import { Component, computed, inject, input, linkedSignal, output } from '@angular/core';
import { type ModelRules } from '@echo/contract';
import { Attempt, Outcome } from '@echo/web-forms';
import { ModelRulesApi } from './model-rules-api';

/** The model that answers where nobody chose one. */
@Component({
  selector: 'echo-default-model-section',
  imports: [Outcome],
  providers: [Attempt],
  templateUrl: './default-model-section.html',
})
export class DefaultModelSection {
  private readonly api = inject(ModelRulesApi);
  protected readonly attempt = inject(Attempt);

  readonly rules = input.required<ModelRules>();
  /** `provider/model` of all that can be chosen. */
  readonly names = input.required<readonly string[]>();
  /** The one that answers now. */
  readonly current = input.required<string>();

  readonly changed = output<ModelRules>();

  protected readonly choice = linkedSignal(() => this.rules().default_model ?? '');
  /** A choice that no provider lists now: it is kept, and shown as it is. */
  protected readonly unlisted = computed(() => {
    const chosen = this.rules().default_model;
    return chosen === null || this.names().includes(chosen) ? undefined : chosen;
  });

  protected choose(event: Event): void {
    this.choice.set((event.target as HTMLSelectElement).value);
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    const default_model = this.choice() || null;
    const said = default_model === null ? 'The server chooses again.' : `${default_model} is the usual model now.`;
    await this.attempt.run(async () => this.changed.emit(await this.api.change({ default_model })), {
      said,
      fields: { '/default_model': [] },
    });
  }
}
