import { Component, computed, inject, input, linkedSignal, output } from '@angular/core';
import { type ModelRules } from '@echo/contract';
import { Attempt, Outcome } from '@echo/web-forms';
import { matches } from './fallback-rows';
import { ModelRulesApi } from './model-rules-api';

/** Which models are for people who are no administrators. */
@Component({
  selector: 'echo-user-models-section',
  imports: [Outcome],
  providers: [Attempt],
  templateUrl: './user-models-section.html',
  styleUrl: './user-models-section.css',
})
export class UserModelsSection {
  private readonly api = inject(ModelRulesApi);
  protected readonly attempt = inject(Attempt);

  readonly rules = input.required<ModelRules>();
  /** `provider/model` of all that can be chosen. */
  readonly names = input.required<readonly string[]>();

  readonly changed = output<ModelRules>();

  protected readonly isLimited = linkedSignal(() => this.rules().user_models !== null);
  protected readonly text = linkedSignal(() => (this.rules().user_models ?? []).join('\n'));
  private readonly patterns = computed(() =>
    this.text()
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  );
  /** How many of the models of now they may use. */
  protected readonly count = computed(
    () => this.names().filter((name) => this.patterns().some((pattern) => matches(pattern, name))).length,
  );

  protected type(event: Event): void {
    this.text.set((event.target as HTMLTextAreaElement).value);
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    const user_models = this.isLimited() ? this.patterns() : null;
    const said = user_models === null ? 'Every model is for everybody.' : `Users may use ${this.count()} of ${this.names().length} models.`;
    await this.attempt.run(async () => this.changed.emit(await this.api.change({ user_models })), { said, fields: { '/user_models': [] } });
  }
}
