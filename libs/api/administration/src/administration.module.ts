import { type DynamicModule, Module } from '@nestjs/common';
import { ProviderDirectory } from './providers/provider-directory';
import { ProviderSecrets } from './providers/provider-secrets';
import { ProvidersController } from './providers/providers.controller';
import { ModelRulesController } from './rules/model-rules.controller';
import { SettingsWatch } from './settings-watch';
import { UsageController } from './usage/usage.controller';

/** What administrators set and see while the server runs: providers, rules for models, and what was used. Persistence, providers and the sealer come in as modules. */
@Module({})
export class AdministrationModule {
  static register(imports: DynamicModule['imports']): DynamicModule {
    return {
      module: AdministrationModule,
      imports: imports ?? [],
      controllers: [ProvidersController, ModelRulesController, UsageController],
      providers: [ProviderSecrets, SettingsWatch, ProviderDirectory],
      exports: [SettingsWatch],
    };
  }
}
