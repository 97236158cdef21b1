import { Component, DestroyRef, computed, inject, signal } from '@angular/core';
import { type ModelList, type ModelRules, type ProviderList } from '@echo/contract';
import { CurrentSession, ModelsApi } from '@echo/web-chat-client';
import { Attempt, Outcome } from '@echo/web-forms';
import { DefaultModelSection } from './default-model-section';
import { FallbacksSection } from './fallbacks-section';
import { ModelRulesApi } from './model-rules-api';
import { UserModelsSection } from './user-models-section';

/** Who answers: the usual model, those that stand in for others, and those that are for everybody. */
@Component({
  selector: 'echo-models-page',
  imports: [DefaultModelSection, FallbacksSection, Outcome, UserModelsSection],
  providers: [Attempt],
  templateUrl: './models-page.html',
})
export class ModelsPage {
  private readonly rulesApi = inject(ModelRulesApi);
  private readonly modelsApi = inject(ModelsApi);
  private readonly abort = new AbortController();
  protected readonly session = inject(CurrentSession);
  protected readonly attempt = inject(Attempt);

  protected readonly rules = signal<ModelRules | undefined>(undefined);
  private readonly list = signal<ModelList>({ models: [], problems: [] });
  private readonly providers = signal<ProviderList | undefined>(undefined);
  /** `provider/model` of all that can be chosen, the Guide left out. */
  protected readonly names = computed(() => {
    const guides = this.providers()?.providers.filter(({ kind }) => kind === 'guide') ?? [];
    const models = this.list().models.filter(({ provider }) => !guides.some(({ id }) => id === provider));
    return models.map(({ provider, id }) => `${provider}/${id}`);
  });
  protected readonly current = computed(() => this.providers()?.default_model ?? '');

  constructor() {
    inject(DestroyRef).onDestroy(() => this.abort.abort());
    void this.load();
  }

  protected async load(): Promise<void> {
    const { signal } = this.abort;
    await this.attempt.run(async () => {
      const [rules, list] = await Promise.all([this.rulesApi.get(signal), this.modelsApi.models(signal), this.readProviders()]);
      this.list.set(list);
      this.rules.set(rules);
    });
  }

  protected take(rules: ModelRules): void {
    this.rules.set(rules);
    // Which model is the usual one now.
    void this.attempt.run(() => this.readProviders());
  }

  private async readProviders(): Promise<void> {
    this.providers.set(await this.modelsApi.providers(this.abort.signal));
  }
}
